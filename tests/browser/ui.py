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
        self.address = address
        self._failures = failures
        self._pictures = pictures

    @property
    def text(self) -> str:
        """What the page says, a line per block."""
        return self._browser.find_element(By.TAG_NAME, "body").text

    def open(self, path: str, *, says: str) -> None:
        """Go to a page and wait until it says something."""
        self._browser.get(self.address + path)
        self.wait_for(says)

    def wait_for(self, *words: str, seconds: float = PAGE_SECONDS) -> None:
        """Wait until the page says all of this."""
        self._until(lambda: all(word in self.text for word in words), words, seconds)

    def wait_without(self, words: str) -> None:
        """Wait until the page no longer says this."""
        self._until(lambda: words not in self.text, f"the end of {words!r}", PAGE_SECONDS)

    def click(self, label: str) -> None:
        """Click the button, link or tab whose label begins so, once it can be clicked."""
        words = f"starts-with(normalize-space(.), '{label}')"
        xpath = f"//*[self::button or self::a or @role='tab'][{words}]"
        self._until(lambda: self._clicked(xpath), f"a click on {label!r}", PAGE_SECONDS)

    def runs(self) -> list[str]:
        """Addresses of the runs that the page lists, newest first, each once."""
        links = self._browser.find_elements(By.XPATH, "//a[contains(@href, '/runs/')]")
        return list(dict.fromkeys(str(link.get_attribute("href")) for link in links))

    def open_new_run(self, *, known: list[str]) -> str:
        """From the list of runs to the newest, once there is one beyond those known."""
        self.click("Runs")
        new = self._until(
            lambda: [run for run in self.runs() if run not in known], "a new run", PAGE_SECONDS
        )
        self._browser.get(new[0])
        return new[0]

    def wait_for_other_page(self, address: str) -> str:
        """The address to which a click has led, away from ``address``."""
        self._until(lambda: self._browser.current_url != address, "another page", PAGE_SECONDS)
        return self._browser.current_url

    def wait_for_end(self) -> str:
        """Of a run, on its page: ``Success`` or ``Failure``."""
        ends = "//*[text()='Success' or text()='Failure' or text()='Canceled']"
        return self._until(lambda: self._first_text(ends), "the end of the run", RUN_SECONDS)

    def is_on(self, name: str) -> bool:
        """Whether the switch in the row of a schedule or sensor is on."""
        # The first box of the row selects it, the last is the switch.
        inputs = f"//a[contains(@href, '/{name}')]/../descendant::input[@type='checkbox']"
        switch = self._until(
            lambda: self._browser.find_elements(By.XPATH, f"({inputs})[last()]"),
            f"the switch of {name}",
            PAGE_SECONDS,
        )
        return switch[0].is_selected()

    def picture(self, name: str) -> None:
        """Take a picture for the docs, if any are wanted."""
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self._browser.save_screenshot(str(self._pictures / f"{name}.png"))

    def _clicked(self, xpath: str) -> bool:
        for element in self._browser.find_elements(By.XPATH, xpath):
            if element.is_displayed() and element.is_enabled():
                return _click(element)
        return False

    def _first_text(self, xpath: str) -> str:
        return next((found.text for found in self._browser.find_elements(By.XPATH, xpath)), "")

    def _until(self, is_so: Callable[[], Found], what: object, seconds: float) -> Found:
        wait = WebDriverWait(
            self._browser, seconds, ignored_exceptions=[StaleElementReferenceException]
        )
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
