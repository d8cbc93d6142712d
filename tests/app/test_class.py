"""A class in a lesson: guesses of all are seen by the teacher, whom others may follow; and a quarter, day by day."""

from tests.app.browser import TEACHER

LESSON = "at=lessons&lesson=lost&step={}"
READY = "window.bpssim?.log.paints.length > 0"


def at_step(open_page, server, step, *also, width=390, height=844):
    page = open_page(f"{server}/#{'&'.join([LESSON.format(step), *also])}", width, height, bypass_csp=True)
    page.wait_for_function(READY, timeout=60_000)
    return page


def guess(page, value):
    slider = page.get_by_role("slider", name="quintile 1")
    slider.fill(str(value))
    page.get_by_role("button", name="Show what the runs say").click()
    page.wait_for_selector("text=The runs say")


def test_the_teacher_sees_the_guesses_of_students_and_leads_those_who_follow(open_page, server):
    teacher = at_step(open_page, server, 1, f"teacher={TEACHER}", width=1280)
    teacher.get_by_role("button", name="Forget the guesses").click()
    students = [at_step(open_page, server, 1) for _ in range(2)]
    for student, value in zip(students, (20, 70), strict=True):
        guess(student, value)
    heard = "fetch('classroom?question=lost.1').then((answer) => answer.json())"
    assert teacher.evaluate(heard)["guesses"] == [20, 70]
    teacher.wait_for_selector("#view .piles:not([hidden])", timeout=10_000)
    teacher.get_by_label("Lead the class").check()
    students[0].get_by_label("Follow the teacher").check(timeout=10_000)
    teacher.get_by_role("link", name="Step 5").click()
    students[0].wait_for_function("location.hash.includes('step=5')", timeout=10_000)
    assert TEACHER not in students[0].evaluate("location.href")
    assert "step=5" not in students[1].evaluate("location.hash")


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
