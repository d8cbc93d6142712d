"""A class whose teacher sees all guesses and leads those who follow; lessons of a reader alone; and a quarter."""

from tests.app.browser import TEACHER

LESSON = "at=lessons&lesson=lost&step={}"
READY = "window.bpssim?.log.paints.length > 0"
QUESTION = "classroom?question=lost.1"
WAIT = 10_000
"""Milliseconds."""


def at_step(open_page, server, step, *also, width=390, height=844):
    page = open_page(f"{server}/#{'&'.join([LESSON.format(step), *also])}", width, height, bypass_csp=True)
    until(page, READY, 60_000)
    return page


def guess(page, value):
    page.get_by_role("slider", name="quintile 1").fill(str(value))


def leading(open_page, server, step=1):
    teacher = at_step(open_page, server, step, f"teacher={TEACHER}", width=1280)
    teacher.get_by_label("Lead the class").check()
    return teacher


def following(open_page, link):
    student = open_page(link, 390, 844, bypass_csp=True)
    student.get_by_label("Follow the teacher").check(timeout=WAIT)
    return student


def until(page, condition, wait=WAIT):
    page.wait_for_function(condition, timeout=wait)


def heard(page, guesses):
    until(
        page, f"fetch('{QUESTION}').then((answer) => answer.json()).then((now) => now.guesses.join() === '{guesses}')"
    )


def test_guesses_come_as_they_are_made_and_one_of_each_page(open_page, server):
    teacher = leading(open_page, server)
    teacher.get_by_role("button", name="Forget the guesses").click()
    teacher.get_by_text("No guesses yet.").wait_for(timeout=WAIT)
    alone, follower = at_step(open_page, server, 1), following(open_page, f"{server}/")
    until(follower, "location.hash.includes('lesson=lost')")
    shows = {"name": "Show what the runs say"}
    follower.get_by_role("button", **shows).wait_for(state="hidden", timeout=WAIT)
    for value in (60, 20):
        guess(follower, value)
    follower.get_by_text("Your guess is with the teacher.").wait_for()
    guess(alone, 70)
    heard(teacher, "20,70")
    teacher.get_by_text("2 guesses in the class.").wait_for(timeout=WAIT)
    alone.get_by_role("button", **shows).click()
    alone.wait_for_selector("text=The runs say")
    follower.get_by_label("Follow the teacher").uncheck()
    follower.get_by_role("button", **shows).wait_for()
    heard(teacher, "20,70")


def test_the_teacher_leads_those_who_follow_on_every_part_of_the_page(open_page, server):
    teacher = leading(open_page, server)
    follower, other = following(open_page, f"{server}/#at=rests"), at_step(open_page, server, 1)
    teacher.get_by_role("link", name="Step 5").click()
    until(follower, "location.hash.includes('step=5')")
    assert TEACHER not in follower.evaluate("location.href")
    assert "step=5" not in other.evaluate("location.hash")
    teacher.locator("#to-explore").click()
    until(follower, "document.body.dataset.at === 'explore'")
    told = []
    teacher.on("request", lambda request: told.append(request.url) if request.method == "POST" else None)
    for ethos in range(10):  # as when a control is dragged
        teacher.evaluate(f"void bpssim.change({{ 'team.supporters.paid.ethos': {ethos / 10} }})")
    until(follower, "bpssim.state.b.set['team.supporters.paid.ethos'] === 0.9")
    assert len([url for url in told if url.endswith("/classroom")]) <= 4
    teacher.reload()
    until(teacher, READY, 60_000)
    assert teacher.get_by_label("Lead the class").is_checked()
    teacher.locator("#to-rests").click()
    until(follower, "document.body.dataset.at === 'rests'")
    teacher.get_by_label("Lead the class").uncheck()
    follower.get_by_text("Nobody leads the class now").wait_for(timeout=WAIT)
    other.locator("#class").wait_for(state="hidden", timeout=WAIT)
    teacher.locator("#to-mother").click()
    assert "at=rests" in follower.evaluate("location.hash")


def test_the_readers_own_service_comes_back_after_a_lesson(open_page, server):
    own = "from=site1&set=team.supporters.paid.ethos%3D0.5&a_from=site2"
    page = open_page(f"{server}/#{own}", 1280, 900, bypass_csp=True)
    until(page, READY, 60_000)
    page.locator("#to-lessons").click()
    for leave in ("Lessons", "Back to my service"):
        page.get_by_role("link", name="Who is lost where").click()
        page.get_by_role("link", name="Step 2").click()
        until(page, "!bpssim.state.a && location.hash.includes('step=2')")
        page.locator("#view nav").get_by_text(leave).click()
        until(page, f"location.hash.endsWith('{own}')")
        page.locator("#to-lessons").click()


def test_a_link_to_a_step_shows_its_service_and_gives_back_what_was_there(open_page, server):
    own = "from=site1&set=team.supporters.paid.ethos%3D0.5"
    page = open_page(f"{server}/#{own}", 1280, 900, bypass_csp=True)
    until(page, READY, 60_000)
    page.evaluate("location.hash = '#at=lessons&lesson=text&step=5'")
    page.get_by_role("heading", name="Answered: Text at two to three weeks").wait_for(timeout=60_000)
    page.locator(".key .pin").wait_for()
    page.evaluate("location.hash = '#at=lessons&lesson=text&step=2'")
    page.get_by_role("heading", name="Still breastfeeding on day 17").wait_for(timeout=WAIT)
    page.locator(".key .pin").wait_for(state="hidden")
    page.locator("#to-lessons").click()
    until(page, f"location.hash.endsWith('{own}')")


def test_a_quarter_goes_by_day_by_day(open_page, server):
    page = open_page(f"{server}/#at=quarter", 1280, 900, bypass_csp=True)
    page.get_by_role("button", name="A day on").click(timeout=60_000)
    first = page.locator(".quarter table").inner_text()
    assert page.locator(".quarter output").inner_text().startswith("2 ")
    page.get_by_role("slider", name="Day").fill("120")
    later = page.locator(".quarter table").inner_text()
    assert later != first
    mothers = page.evaluate(
        "[...document.querySelectorAll('.quarter tbody td')].reduce((sum, cell) => sum + Number(cell.textContent), 0)"
    )
    answer = "fetch('quarter?from=site1').then((found) => found.json())"
    assert mothers == page.evaluate(answer)["births"]  # all have given birth by then
