"""The routes of the page."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import PurePosixPath
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bpssim.app.answers.barriers import FOR
from bpssim.app.answers.mothers import mothers_of, mothers_who_differ
from bpssim.app.answers.quarter import quarter_of
from bpssim.app.answers.story import story_of
from bpssim.app.answers.take_away import report_page, results_zip, scenario_file
from bpssim.app.asked import Asked, asked_for, asked_in_file, asked_in_text
from bpssim.app.controls.first import first_controls
from bpssim.app.controls.inputs import inputs_of, sections
from bpssim.app.pathways.context import context_of
from bpssim.app.pathways.form import form_of, pathway_as_written
from bpssim.app.pathways.reading import reading_of
from bpssim.app.serving.classroom import Classroom
from bpssim.app.serving.guard import REPORT_POLICY, Guard, TooLarge
from bpssim.app.serving.queue import FIRST_ANSWER, LONG_WORK, MORE_RUNS, STUDY, Busy, WorkQueue
from bpssim.app.serving.services import Latest, Services
from bpssim.app.site import ASSETS, MODULE, asset, page
from bpssim.report.assumptions import how_many_assumed
from bpssim.report.documents.links import INDEX
from bpssim.report.documents.pages import KINDS, document_files
from bpssim.scenario.reading.messages import NOWHERE, BadInput, Mistake, Origin, cut, in_words
from bpssim.scenario.scenario import Scenario
from bpssim.studies.threads import Stopped

T = TypeVar("T")
Answer = Callable[["Pages", Request], Awaitable[Response]]

_COMPRESSION = 1
"""Level of gzip: tables are wanted while somebody drags."""
_FIRST_RUNS = 2
"""Runs with which figures are first shown; others only make them surer."""
_MOST_RUNS = 200
_REPORT_RUNS = 20
_MOST_STARTS = 30
_BYTES = "application/octet-stream"
_SERVICE, _OF_A = ("from", "set"), ("a_from", "a_set")
"""Names under which a request says what it asks for."""


def _answering(answer: Answer) -> Answer:
    """An answer that tells in sentences what is wrong with what was asked."""

    @wraps(answer)
    async def answering(pages: "Pages", request: Request) -> Response:
        try:
            return await answer(pages, request)
        except BadInput as error:
            return JSONResponse({"mistakes": [_as_told(mistake) for mistake in error.mistakes]}, 422)
        except Busy:
            return _sorry("So many visitors wait that nothing more is taken on; try again in a minute.", 503)
        except Stopped:
            return _sorry("The server is closing.", 503)
        except TooLarge:
            return _sorry("This is too large.", 413)

    return answering


def _as_told(mistake: Mistake) -> dict[str, str]:
    """A mistake with its place: as a whole, and short, with the place below that of the change alone."""
    file, sign, _ = mistake.origin.file.partition("=")  # a change is its own origin, with all of its value
    changed, origin = file if sign else "", replace(mistake.origin, file=cut(mistake.origin.file))
    below = mistake.path.removeprefix(f"{changed}.") if changed else mistake.path
    place = below or (changed or file)
    return {
        "path": mistake.path or mistake.origin.file,
        "text": str(replace(mistake, origin=origin)),
        "short": str(replace(mistake, origin=NOWHERE, path=place)),
    }


def _sorry(text: str, status: int) -> Response:
    return JSONResponse({"mistakes": [{"path": "", "text": text, "short": text}]}, status)


class Pages:
    """What the server answers.

    Parameters
    ----------
    module
        The compiled rules, `bpssim.model.webassembly.module`.
    teacher
        Word that whoever opened the page has in the link, and visitors have not: they cannot lead the class.
    """

    def __init__(self, module: bytes, teacher: str) -> None:
        self._module, self._teacher = module, teacher
        self.services, self.queue, self.classroom = Services(), WorkQueue(), Classroom()
        self._controls: Latest[dict[str, Any]] = Latest(_MOST_STARTS)
        self._contexts: Latest[dict[str, Any]] = Latest(_MOST_STARTS)

    async def page(self, _: Request) -> Response:
        """The page itself."""
        return Response(page(), media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """Its style and scripts, and the module."""
        name = request.url.path.removeprefix("/")
        return Response(self._module if name == MODULE else asset(name), media_type=ASSETS[name])

    async def document(self, request: Request) -> Response:
        """A page of the documents, or what such a page shows."""
        name, found = request.path_params["name"] or INDEX, await run_in_threadpool(document_files)
        if name not in found:
            return PlainTextResponse("There is no such document.\n", 404)
        return Response(found[name], media_type=KINDS[PurePosixPath(name).suffix])

    @_answering
    async def tables(self, request: Request) -> Response:
        """What the page needs to run a service."""
        asked = await _asked(request)
        return Response(await run_in_threadpool(self.services.tables, asked), media_type=_BYTES)

    @_answering
    async def replicate(self, request: Request) -> Response:
        """One replicate of a service that the page cannot run."""
        asked, number = await _asked(request, "number"), _number(request, "number", _MOST_RUNS)
        urgency = FIRST_ANSWER if number < _FIRST_RUNS else MORE_RUNS
        work = self.queue.add(lambda: self.services.replicate(asked, number, self.queue.stop), urgency)
        return Response(await asyncio.wrap_future(work), media_type=_BYTES)

    @_answering
    async def controls(self, request: Request) -> Response:
        """The first controls of a ready scenario, and its sections."""
        asked = await _asked(request)

        return JSONResponse(await run_in_threadpool(self.controls_of, asked.start))

    def controls_of(self, start: str) -> dict[str, Any]:
        """The controls of a ready scenario, made once."""

        def made() -> dict[str, Any]:
            scenario = Asked(start, {}).scenario()
            return {"first": first_controls(start, scenario), "sections": sections(scenario)}

        return self._controls.of(start, made)

    @_answering
    async def inputs(self, request: Request) -> Response:
        """All inputs of a part of a service."""
        asked, place = await _asked(request, "at"), request.query_params.get("at", "")
        try:
            return JSONResponse(await run_in_threadpool(lambda: inputs_of(asked.scenario(), place)))
        except KeyError:
            raise BadInput(Mistake(Origin("at"), "should be a part of the scenario", found=in_words(place))) from None

    @_answering
    async def pathway(self, request: Request) -> Response:
        """A pathway as a form is filled in with it, and day by day."""
        asked, name = await _asked(request, "name"), request.query_params.get("name", "")

        def told() -> dict[str, Any]:
            scenario = asked.scenario()
            written = pathway_as_written(scenario, name)
            return {"written": written, "form": form_of(scenario), "reading": reading_of(scenario, name)}

        return JSONResponse(await run_in_threadpool(told))

    @_answering
    async def context(self, request: Request) -> Response:
        """Whom a pathway assumes, and how many mothers do not meet that."""
        asked, name = await _asked(request, "name"), request.query_params.get("name", "")
        key = f"{asked.in_full} {name}"

        def counted() -> dict[str, Any]:
            return context_of(self.services.scenario(asked), name, self.services.populations)

        return JSONResponse(await self._queued(lambda: self._contexts.of(key, counted)))

    @_answering
    async def mothers(self, request: Request) -> Response:
        """Mothers of one service by how it ended, or those whose end differs between two."""
        a, *b = await self._services(request)
        shared = self.services.populations
        if b:
            return JSONResponse(await self._queued(lambda: mothers_who_differ(a, b[0], a.run.seed, shared)))
        return JSONResponse(await self._queued(lambda: mothers_of(a, a.run.seed, shared)))

    @_answering
    async def story(self, request: Request) -> Response:
        """One mother in one service or two."""
        mother = _number(request, "mother", 2**63)
        services = await self._services(request, "mother")
        return JSONResponse(await self._queued(lambda: story_of(services, mother, services[0].run.seed)))

    @_answering
    async def assumed(self, request: Request) -> Response:
        """How many inputs of a service are assumptions, in a sentence."""
        asked = await _asked(request)
        return JSONResponse(await run_in_threadpool(lambda: how_many_assumed([self.services.scenario(asked)])))

    @_answering
    async def quarter(self, request: Request) -> Response:
        """A quarter of a service, day by day."""
        service = (await self._services(request))[-1]
        return JSONResponse(await self._queued(lambda: quarter_of(service, service.run.seed)))

    @_answering
    async def barriers(self, request: Request) -> Response:
        """One replicate of what holds access back; it is long, so other work that comes meanwhile goes first."""
        asked, number = await _asked(request, "number", FOR), _number(request, "number", _MOST_RUNS)
        among, services = request.query_params.get(FOR, "").strip(), self.services
        await run_in_threadpool(services.barriers_plan, asked, among)
        made = services.barriers_kept(asked, among, number) or await self._queued(
            lambda: services.barriers(asked, among, number, self.queue.stop), STUDY
        )
        return JSONResponse(made)

    @_answering
    async def scenario(self, request: Request) -> Response:
        """The scenario as a file."""
        asked, which = await _asked(request, "as"), request.query_params.get("as", "b")
        if which not in ("a", "b"):
            raise BadInput(Mistake(Origin("as"), "should be a or b", found=in_words(which)))
        name = f"{asked.start}_{which}"
        text = await run_in_threadpool(lambda: scenario_file(asked.start, asked.changes, name))
        return _file(text.encode(), f"{name}.yaml", "application/yaml")

    @_answering
    async def report(self, request: Request) -> Response:
        """The report of a run, or of a comparison with A."""
        services = await self._services(request)
        made = await self._queued(lambda: report_page(services, _REPORT_RUNS, _not_told, self.queue.stop), LONG_WORK)
        headers = {"Content-Security-Policy": REPORT_POLICY}
        return Response(made, media_type="text/html", headers=headers)

    @_answering
    async def results(self, request: Request) -> Response:
        """The results folder of a run, or of a comparison with A."""
        services = await self._services(request)
        made = await self._queued(lambda: results_zip(services, _REPORT_RUNS, _not_told, self.queue.stop), LONG_WORK)
        return _file(made, "results.zip", "application/zip")

    @_answering
    async def upload(self, request: Request) -> Response:
        """The state for an uploaded scenario."""
        try:
            text = (await request.body()).decode()
        except UnicodeDecodeError:
            raise BadInput(Mistake(Origin("your file"), "is not UTF-8 text")) from None
        asked = await run_in_threadpool(asked_in_file, text)
        return JSONResponse({"from": asked.start, "set": asked.changes})

    @_answering
    async def classroom_now(self, request: Request) -> Response:
        """Where the teacher is, and what has been guessed."""
        _only(request.query_params, "question")
        return JSONResponse(self.classroom.now(request.query_params.get("question", "")))

    @_answering
    async def classroom_say(self, request: Request) -> Response:
        """A student's guess, or the teacher's place."""
        said = await _body(request)
        if "guess" in said:
            self.classroom.guess(said.get("question"), said["guess"], said.get("word"))
        elif said.get("teacher") != self._teacher:
            raise BadInput(Mistake(Origin("teacher"), "only whoever opened the page leads the class"))
        elif "clear" in said:
            self.classroom.clear(str(said["clear"]))
        else:
            self.classroom.lead(said.get("place"))
        return JSONResponse(self.classroom.now(str(said.get("question", ""))))

    async def _services(self, request: Request, *others: str) -> list[Scenario]:
        """The scenario that is asked for, after that of A if there is one; they are called so."""
        asked = await _both_asked(request, *others)
        found = [await run_in_threadpool(self.services.scenario, each) for each in asked]
        names = ("A", "B") if len(found) > 1 else (asked[0].start,)
        named = zip(names, asked, found, strict=True)
        return [each.model_copy(update={"name": name, "question": _question(of, each)}) for name, of, each in named]

    async def _queued(self, work: Callable[[], T], may_wait: float = FIRST_ANSWER) -> T:
        return await asyncio.wrap_future(self.queue.add(work, may_wait))


def _question(asked: Asked, scenario: Scenario) -> str:
    """The question of a scenario, which it no longer answers where something is changed."""
    changes = len(asked.changes)
    return f"{asked.start}, with {changes} input{'s' if changes > 1 else ''} changed" if changes else scenario.question


def _not_told(_: int, __: int) -> None:
    """Nobody is told of the progress of a report."""


async def _asked(request: Request, *others: str) -> Asked:
    """The service that a request asks for; it may say something else under other names in its query."""
    said = await _said(request, _SERVICE, others)
    return asked_for(said.get("from"), said.get("set", {}))


async def _both_asked(request: Request, *others: str) -> list[Asked]:
    """The service that a request asks for, after A if it names it."""
    said = await _said(request, (*_SERVICE, *_OF_A), others)
    asked = [asked_for(said.get("from"), said.get("set", {}))]
    if not said.keys().isdisjoint(_OF_A):
        asked.insert(0, asked_for(said.get("a_from"), said.get("a_set", {})))
    return asked


async def _said(request: Request, names: Sequence[str], others: Sequence[str]) -> dict[str, Any]:
    """What a request says of services: in its query, where changes are texts and repeated, or as a map in its body."""
    query = request.query_params
    if request.method == "POST":
        _only(query, *others)
        said = await _body(request)
        _only(said, *names)
        return said
    _only(query, *names, *others)
    texts = {name: asked_in_text(query.getlist(name)) for name in names if name in query and name.endswith("set")}
    return {**{name: query[name] for name in names if name in query}, **texts}


async def _body(request: Request) -> dict[str, Any]:
    try:
        said = json.loads(await request.body(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise BadInput(Mistake(Origin("request"), "should be JSON with names and values"))
    return said


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _only(said: Iterable[str], *names: str) -> None:
    """Refuse what is said under other names."""
    for name in said:
        if name not in names:
            allowed = f"should be one of {', '.join(names)}" if names else "has no place here"
            raise BadInput(Mistake(Origin("link"), allowed, found=in_words(name)))


def _number(request: Request, name: str, most: int) -> int:
    text = request.query_params.get(name, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) < most):
        raise BadInput(Mistake(Origin(name), f"should be a whole number from 0 to {most - 1}", found=in_words(text)))
    return int(text)


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def application(pages: Pages, hosts: Collection[str]) -> Starlette:
    """The server of the page.

    Parameters
    ----------
    pages
        What it answers.
    hosts
        Names and addresses under which it may be asked.
    """
    reads, sends = ["GET"], ["POST"]
    routes = [
        Route("/", pages.page, methods=reads),
        *(Route(f"/{name}", pages.asset, methods=reads, name=name) for name in ASSETS),
        *(
            Route(f"/{answer.__name__}", answer, methods=[*reads, *sends])
            for answer in (
                pages.tables, pages.replicate, pages.controls, pages.inputs, pages.pathway, pages.context,
                pages.mothers, pages.story, pages.assumed, pages.quarter, pages.barriers, pages.scenario, pages.report,
                pages.results,
            )
        ),
        Route("/docs/{name:path}", pages.document, methods=reads),
        Route("/upload", pages.upload, methods=sends),
        Route("/classroom", pages.classroom_now, methods=reads),
        Route("/classroom", pages.classroom_say, methods=sends),
    ]  # fmt: skip
    middleware = [
        Middleware(Guard, hosts=hosts),
        Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=_COMPRESSION),
    ]
    return Starlette(routes=routes, middleware=middleware)
