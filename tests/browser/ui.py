"""Dagster's UI as a person meets it: pages, things to click, words that appear.

What belongs here: finding and waiting. What does not: what a page should say (the tests).
Nothing sleeps: every step waits until what it needs is there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    StaleElementReferenceException,
    TimeoutException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PAGE_SECONDS = 60
RUN_SECONDS = 240
Found = TypeVar("Found")


class Ui:
    """The UI at an address; ``failures`` is where a picture goes of a page that disappoints.

    ``pictures`` is the folder for the pictures of the docs; None: none are taken.
    """

    def __init__(
        self, browser: WebDriver, address: str, *, failures: Path, pictures: Path | None
    ) -> None:
        self._browser = browser
        self._address = address
        self._failures = failures
        self._pictures = pictures

    @property
    def text(self) -> str:
        """What the page says, a line per block."""
        return self._browser.find_element(By.TAG_NAME, "body").text

    def open(self, path: str, *, says: str) -> None:
        """Go to a page and wait until it says something."""
        self._browser.get(self._address + path)
        self.wait_for(says)

    def wait_for(self, *words: str, seconds: float = PAGE_SECONDS) -> None:
        """Wait until the page says all of this."""
        self._until(lambda: all(word in self.text for word in words), words, seconds)

    def wait_until_left(self, path: str) -> None:
        """Wait until the browser has gone on to another page."""
        left = self._address + path
        self._until(lambda: self._browser.current_url != left, f"leaving {path}", PAGE_SECONDS)

    def wait_without(self, words: str) -> None:
        """Wait until the page no longer says this."""
        self._until(lambda: words not in self.text, f"the end of {words!r}", PAGE_SECONDS)

    def click(self, label: str) -> None:
        """Click the button, link or tab whose label begins so, once it can be clicked."""
        words = f"starts-with(normalize-space(.), '{label}')"
        xpath = f"//*[self::button or self::a or @role='tab'][{words}]"
        self._until(lambda: self._clicked(xpath), f"a click on {label!r}", PAGE_SECONDS)

    def new_run(self, *, known: list[str]) -> str:
        """On the list of runs, the path of the newest, once there is one beyond those known."""
        self.open("/runs", says="Created at")
        new = self._until(
            lambda: [run for run in self._runs() if run not in known], "a new run", PAGE_SECONDS
        )
        return new[0]

    def end_of_newest_run(self) -> str:
        """``Success``, ``Failure`` or ``Canceled``, from the list of runs.

        A run's own page would tell too, but draws each of its events, all the while: as much
        work as the run itself.
        """
        return self._until(self._end_of_newest_run, "the end of the run", RUN_SECONDS, every=3)

    def wait_for_switch(self, name: str, *, is_on: bool) -> None:
        """Wait until the switch in the row of a schedule or sensor stands so."""
        # The first box of the row selects it, the second is the switch, which comes later.
        inputs = f"//a[contains(@href, '/{name}')]/../descendant::input[@type='checkbox']"

        def stands_so() -> bool:
            boxes = self._browser.find_elements(By.XPATH, inputs)
            return len(boxes) == 2 and boxes[1].is_selected() == is_on

        self._until(stands_so, f"{name} to be {'on' if is_on else 'off'}", PAGE_SECONDS)

    def picture(self, name: str) -> None:
        """Take a picture for the docs, if any are wanted."""
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self._browser.save_screenshot(str(self._pictures / f"{name}.png"))

    def picture_of(self, file: Path, name: str) -> None:
        """Take a picture of a page on disk, if any are wanted."""
        if self._pictures:
            self._browser.get(file.as_uri())
            self.picture(name)

    def _runs(self) -> list[str]:
        links = self._browser.find_elements(By.XPATH, "//a[contains(@href, '/runs/')]")
        paths = [str(link.get_attribute("href")).removeprefix(self._address) for link in links]
        return list(dict.fromkeys(paths))

    def _end_of_newest_run(self) -> str:
        """Empty while it is not at its end."""
        self.open("/runs", says="Created at")
        states = "Queued Starting Started Canceling Success Failure Canceled".split()
        xpath = f"//*[{' or '.join(f'text()={state!r}' for state in states)}]"
        newest = self._until(
            lambda: self._browser.find_elements(By.XPATH, xpath), "a run's state", PAGE_SECONDS
        )
        state = newest[0].text
        return state if state in ("Success", "Failure", "Canceled") else ""

    def _clicked(self, xpath: str) -> bool:
        for element in self._browser.find_elements(By.XPATH, xpath):
            if element.is_displayed() and element.is_enabled():
                return _click(element)
        return False

    def _until(
        self, is_so: Callable[[], Found], what: object, seconds: float, *, every: float = 0.5
    ) -> Found:
        passing = [StaleElementReferenceException]  # the page was drawn anew meanwhile
        wait = WebDriverWait(self._browser, seconds, every, ignored_exceptions=passing)
        try:
            return wait.until(lambda _: is_so())
        except TimeoutException as error:
            picture = self._failures / "disappointing-page.png"
            self._browser.save_screenshot(str(picture))
            raise AssertionError(
                f"waited {seconds} s for {what}; picture: {picture}; the page says:\n{self.text}"
            ) from error


def _click(element: WebElement) -> bool:
    try:
        element.click()
    except ElementClickInterceptedException:  # something is still moving before it
        return False
    return True
