"""Refusals and their remedies, decided from facts alone."""

from dataclasses import replace

import pytest

from campaign.publishing import rules
from campaign.publishing.git import Commit, Entry
from campaign.publishing.rules import Address, Branch, Clone, Refusal, RefusedError, Source

ID = "0123456789abcdef0123456789abcdef01234567"
OTHER = ID[::-1]
PUBLISH = Commit(OTHER, "Ada", "2024-06-14", f"Publish {ID}")
WORK = Commit(ID, "Bea", "2024-06-15", "Mend the letter", ("letter/index.html",))
WORK_LINE = "0123456789 2024-06-15 Bea: Mend the letter (letter/index.html)"
REPLACE = "and publish again, or replace what is published: invoke publish --replace"

IN_ORDER = Branch(tip=OTHER, publish=PUBLISH, source=Source(ID))


def messages(refusals: tuple[Refusal, ...]) -> list[str]:
    return [refusal.message for refusal in refusals]


# The clone


def test_a_clone_in_order_can_publish() -> None:
    assert not tuple(rules.of_clone(Clone()))


@pytest.mark.parametrize(
    ("clone", "message"),
    [
        (
            Clone(is_git_installed=False),
            (
                "git is not installed, and publishing needs it;"
                " install it from https://git-scm.com/ and try again."
            ),
        ),
        (
            Clone(error="fatal: nothing here"),
            (
                "This folder is not a git repository; publish from a clone of the campaign's"
                " repository. git says:\nfatal: nothing here"
            ),
        ),
        (
            Clone(has_remote=False),
            "The repository has no remote 'origin'; add it: git remote add origin <address>",
        ),
        (
            Clone(is_branch_here=True),
            (
                "The branch gh-pages is checked out, and publishing would replace it;"
                " switch first: git switch main"
            ),
        ),
        (
            Clone(checkouts=("/a b",)),
            (
                "The branch gh-pages is checked out in /a b, and publishing would replace it;"
                " leave it there first: git -C '/a b' switch --detach"
            ),
        ),
        (
            Clone(has_identity=False),
            (
                "git does not know your name and e-mail address, which a publish carries; write them:"
                ' git config user.name "Your Name", then git config user.email you@your-domain'
            ),
        ),
    ],
)
def test_a_clone_that_cannot_publish(clone: Clone, message: str) -> None:
    (refusal,) = rules.of_clone(clone)
    assert refusal == Refusal(message)


# The branch


@pytest.mark.parametrize(
    "branch",
    [
        Branch(),
        Branch(is_shallow=True),
        IN_ORDER,
        replace(IN_ORDER, is_shallow=True),
        replace(IN_ORDER, source=None),
    ],
    ids=["none yet", "none yet, shallow", "ours", "ours, shallow", "the first version"],
)
def test_a_branch_that_can_be_published_to(branch: Branch) -> None:
    assert not tuple(rules.of_branch(branch))


@pytest.mark.parametrize(
    ("source", "message", "lost"),
    [
        (
            Source(ID, is_in_head=False, missing=(WORK,)),
            (
                "Something newer may be published: the publish of 2024-06-14 by Ada, made of commit"
                f" 0123456789, has changes that are not in yours; get them, git pull, {REPLACE}"
            ),
            WORK_LINE,
        ),
        (
            Source(ID, is_known=False, is_in_head=False),
            (
                "Something newer may be published: the publish of 2024-06-14 by Ada, made of commit"
                f" 0123456789, has changes that are not known here; get them, git pull"
                f" (or ask Ada to push them first), {REPLACE}"
            ),
            f"76543210fe 2024-06-14 Ada: Publish {ID}",
        ),
    ],
)
def test_what_is_newer_is_not_replaced(source: Source, message: str, lost: str) -> None:
    (refusal,) = rules.of_branch(replace(IN_ORDER, source=source))
    assert refusal == Refusal(message, (lost,), is_replaceable=True)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_shallow_clone_cannot_tell_what_is_newer(is_known: bool) -> None:  # noqa: FBT001 (a case)
    source = Source(ID, is_known=is_known, is_in_head=False)
    (refusal,) = rules.of_branch(replace(IN_ORDER, source=source, is_shallow=True))
    assert refusal.message == (
        "Whether the publish of 2024-06-14 by Ada, made of commit 0123456789, is newer than yours"
        " cannot be told, as this clone holds only a part of the history; get the rest,"
        " git fetch --unshallow, and publish again"
    )
    assert refusal.is_replaceable


def test_what_was_changed_by_hand_is_not_replaced() -> None:
    (refusal,) = rules.of_branch(replace(IN_ORDER, foreign=(WORK,)))
    message = (
        "The branch gh-pages of origin was changed by hand since the newest publish, and publishing"
        f" would undo it; take the changes over into the content, {REPLACE}"
    )
    assert refusal == Refusal(message, (WORK_LINE,), is_replaceable=True)


def test_a_branch_without_a_publish_is_somebodys_work() -> None:
    (refusal,) = rules.of_branch(Branch(tip=ID, foreign=(WORK,)))
    message = (
        "The branch gh-pages of origin holds work that this command did not publish, and publishing"
        f" would replace its files; move them to another branch, {REPLACE}"
    )
    assert refusal == Refusal(message, (WORK_LINE,), is_replaceable=True)


def test_in_a_shallow_clone_the_publish_may_be_missing() -> None:
    (refusal,) = rules.of_branch(Branch(tip=ID, foreign=(WORK,), is_shallow=True))
    assert refusal.message.startswith("Whether the branch gh-pages of origin was published by")
    assert "git fetch --unshallow" in refusal.message


def test_a_fetch_that_fails_cannot_be_overridden() -> None:
    (refusal,) = rules.of_branch(Branch(error="fatal: no route"))
    assert refusal == Refusal(
        "What is published could not be fetched from 'origin', so nothing was published; check the"
        " network, and the address that 'git remote -v' shows, and try again. git says:\nfatal: no route"
    )


def test_work_on_the_local_branch_cannot_be_overridden() -> None:
    (refusal,) = rules.of_branch(replace(IN_ORDER, unpushed=(WORK,)))
    message = (
        "The local branch gh-pages has commits that origin has not, and publishing would pass them"
        " by; push them, git push origin gh-pages, or give them up: git branch -D gh-pages"
    )
    assert refusal == Refusal(message, (WORK_LINE,))


def test_of_much_that_is_lost_the_newest_is_named() -> None:
    files = replace(WORK, files=("a", "b", "c\n", "d", "e"))
    (refusal,) = rules.of_branch(replace(IN_ORDER, foreign=(files, *[WORK] * 11)))
    assert refusal.lost[0].endswith(r"(a, b, c\n and 2 more)")
    assert (len(refusal.lost), refusal.lost[-1]) == (11, "and 2 more")


def test_all_that_is_refused_is_told() -> None:
    branch = replace(IN_ORDER, source=Source(ID, is_known=False, is_in_head=False))
    found = tuple(rules.of_branch(replace(branch, foreign=(WORK,), unpushed=(WORK,))))
    assert [refusal.is_replaceable for refusal in found] == [False, True, True]
    with pytest.raises(RefusedError) as refused:
        rules.enforce(found)
    assert refused.value.refusals == found


# The message of a publish


@pytest.mark.parametrize(
    ("subject", "source"),
    [(f"Publish {ID}", ID), ("Publish 01234ab", "01234ab"), ("Publish the first version", None)],
)
def test_our_publishes_are_known_by_their_message(subject: str, source: str | None) -> None:
    publish = replace(PUBLISH, subject=subject)
    assert rules.is_publish(publish)
    assert rules.source_id(publish) == source


@pytest.mark.parametrize("source", [ID, ID + "f" * 24, None])
def test_what_we_publish_names_its_source_in_full(source: str | None) -> None:
    publish = replace(PUBLISH, subject=rules.publish_message(source))
    assert rules.is_publish(publish)
    assert rules.source_id(publish) == source


@pytest.mark.parametrize(
    "subject",
    [
        "Publish from elsewhere",
        f'Revert "Publish {ID}"',
        "Publish",
        "Publish 0123 again",
        "Create CNAME",
    ],
)
def test_other_commits_are_no_publishes(subject: str) -> None:
    assert not rules.is_publish(replace(PUBLISH, subject=subject))


# The address


SITE = Address("https://library.example/a", "content/campaign.md:5")
AWAY = (
    "and content/campaign.md:5 has site: https://library.example/a; take the variable away"
    " (unset SITEURL), or write into the file at which address the site is published"
)


@pytest.mark.parametrize(
    "variable", ["", "https://library.example/a", "https://library.example/a/"]
)
def test_a_site_is_published_at_its_own_address(variable: str) -> None:
    assert not tuple(rules.of_address(replace(SITE, variable=variable)))


@pytest.mark.parametrize("site", ["https://example.org/library", "https://www.example.com"])
def test_an_example_is_nobodys_address(site: str) -> None:
    (refusal,) = rules.of_address(replace(SITE, site=site))
    assert refusal.message == (
        f"content/campaign.md:5: site: {site} is an example; write the address at which the site will"
        " be published, such as https://name.github.io/repository"
    )


@pytest.mark.parametrize(
    "variable", ["https://library.example", "https://library.example/b", "https://example.org/a"]
)
def test_another_address_is_not_published(variable: str) -> None:
    (refusal,) = rules.of_address(replace(SITE, variable=variable))
    assert refusal.message == f"SITEURL is {variable}, {AWAY}"


def test_a_variable_that_is_no_address_is_told() -> None:
    (refusal,) = rules.of_address(replace(SITE, variable="library.example"))
    assert refusal.message.startswith("SITEURL: 'library.example' is not a web address")


# The files


def test_only_files_are_published() -> None:
    assert not tuple(rules.of_irregular_files("output", []))
    (refusal,) = rules.of_irregular_files("output", ["a/b.html"])
    assert refusal.message == (
        "output/a/b.html: no file that a build made, but a link, a folder or nothing;"
        " delete what is there and publish again"
    )


def test_two_trees_are_compared_by_name_mode_and_content() -> None:
    ours = {name: Entry("100644", ID) for name in "abcd"}
    theirs = {"a": Entry("100644", ID), "b": Entry("100755", ID), "c": Entry("100644", OTHER)}
    assert rules.differing(ours, ours) == []
    assert rules.differing(ours, {**theirs, "e": Entry("120000", ID)}) == ["b", "c", "d", "e"]
