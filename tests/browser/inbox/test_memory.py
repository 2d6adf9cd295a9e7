"""What the browser keeps: it is there before the server answers, and only for whom it was."""

from playwright.async_api import Route, expect

from tests.browser.inbox.agent import Agent
from tests.browser.inbox.conftest import Desk, Member


async def hold(agent: Agent, what: str = "**/api/**") -> list[Route]:
    """From now on the server answers none of these; the requests that wait."""
    held: list[Route] = []
    await agent.page.route(what, lambda route: held.append(route))  # noqa: PLW0108  the list itself would be called with the request, too
    return held


async def let_go(agent: Agent, held: list[Route]) -> None:
    for route in held:
        await route.continue_()
    await agent.page.unroute_all(behavior="ignoreErrors")


async def an_agent_who_has_seen(desk: Desk, *names: str, member: Member | None = None) -> Agent:
    for name in names:
        await desk.ticket(name, f"{name} waits.")
    agent = await desk.agent(member)
    for name in names:
        await agent.row(name).get_by_role("link").click()
        await expect(agent.page.locator(".said-message")).to_contain_text(f"{name} waits.")
    return agent


async def test_a_page_seen_before_is_there_before_the_server_answers(desk: Desk) -> None:
    agent = await an_agent_who_has_seen(desk, "Ada", "Grace")
    held = await hold(agent)
    await agent.reload()
    await agent.sees_rows("Grace", "Ada")
    await expect(agent.page.locator(".said-message")).to_contain_text("Grace waits.")
    await agent.row("Ada").get_by_role("link").click()
    await expect(agent.page.locator(".said-message")).to_contain_text("Ada waits.")
    await expect(agent.page.get_by_role("heading", name="Ada", level=1)).to_be_visible()
    assert held, "the server had answered already"
    await let_go(agent, held)


async def test_a_ticket_one_rests_at_is_fetched_before_it_is_opened(desk: Desk) -> None:
    await desk.ticket("Ada", "Where is my order?")
    agent = await desk.agent()
    async with agent.page.expect_response("**/timeline?**"):
        await agent.row("Ada").hover()
    held = await hold(agent)
    await agent.row("Ada").get_by_role("link").click()
    await expect(agent.page.locator(".said-message")).to_contain_text("Where is my order?")
    await let_go(agent, held)


async def test_a_session_that_has_ended_ends_here_too(desk: Desk) -> None:
    agent = await an_agent_who_has_seen(desk, "Ada")
    await agent.page.context.clear_cookies()
    await agent.reload()
    await agent.is_at("/sign-in")
    await agent.page.goto(agent.page.url)
    await agent.is_at("/sign-in")


async def test_a_server_that_is_not_ready_signs_nobody_out(desk: Desk) -> None:
    agent = await desk.agent(path=None)
    unready = {"type": "server_error", "code": "unready", "detail": "Not yet.", "attr": None}
    await agent.page.route("**/users/@me*", lambda route: route.fulfill(status=503, json=unready))
    await agent.page.goto(f"{agent.url}/projects/{agent.project}/tickets")
    await agent.sees("Not yet.")
    await agent.page.unroute_all()
    await agent.button("Try again").click()
    await expect(agent.page.get_by_role("heading", name="Open", exact=True)).to_be_visible()


async def test_a_page_that_is_older_than_the_server_begins_anew(desk: Desk) -> None:
    agent = await desk.agent()
    gone = "**/assets/*.js"
    await agent.page.route(gone, lambda route: route.fulfill(status=404))
    await agent.press("g", "p")
    await agent.sees("Try again")
    await agent.page.unroute(gone)
    async with agent.page.expect_event("domcontentloaded"):
        await agent.button("Try again").click()
    await expect(agent.page.get_by_role("heading", name="People", level=1)).to_be_visible()
    # The script that is gone.
    agent.failures.clear()


async def test_who_comes_next_sees_nothing_of_who_was_here_before(desk: Desk) -> None:
    carl = await desk.member("Carl Colleague")
    agent = await an_agent_who_has_seen(desk, "Ada")
    await agent.page.context.clear_cookies()
    await agent.reload()
    await agent.is_at("/sign-in")
    # What the next one may see, too, is not told to them: all that shows was left behind.
    held = await hold(agent, "**/api/projects/**")
    # The page begins anew by itself, where only an address would have been another.
    async with agent.page.expect_event("domcontentloaded"):
        await agent.page.get_by_label("E-mail").fill(carl.email)
        await agent.page.get_by_label("Password", exact=True).fill(carl.password)
        await agent.button("Sign in").click()
    await expect(agent.page.locator(".rail")).to_be_visible()
    await agent.reload()
    await expect(agent.page.locator(".rail")).to_be_visible()
    await expect(agent.page.get_by_text("Ada")).to_have_count(0)
    await let_go(agent, held)


async def test_signing_out_leaves_nothing_behind(desk: Desk) -> None:
    agent = await an_agent_who_has_seen(desk, "Ada")
    await agent.button("Your account").click()
    # Not only another address: the page begins anew.
    async with agent.page.expect_event("domcontentloaded"):
        await agent.button("Sign out").click()
    await agent.is_at("/sign-in")
    left = await agent.page.evaluate(
        """async () => {
          const database = await new Promise((done) => {
            const asked = indexedDB.open("rejoinder");
            asked.onsuccess = () => done(asked.result);
          });
          const shelves = [...database.objectStoreNames];
          const counts = await Promise.all(shelves.map((shelf) => new Promise((done) => {
            const asked = database.transaction(shelf).objectStore(shelf).count();
            asked.onsuccess = () => done(asked.result);
          })));
          return [counts.reduce((sum, count) => sum + count, 0), localStorage.getItem("me")];
        }"""
    )
    assert left == [0, None]
