"""The networks through which readers share: how each is opened with a message, and how it counts.

One description a network, with the source of its facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import Literal

from campaign.content.fields import MAILBOX

#: How a network counts a text. `weighted`: by twitter-text's configuration 3; `grapheme`: what a
#: reader takes for a character (Unicode Standard Annex #29, extended grapheme clusters);
#: `character`: code points, and each emoji as its bytes in UTF-8; `address`: the characters of the
#: whole address that opens the network, as it is encoded.
Unit = Literal["weighted", "grapheme", "character", "address"]


@dataclass(frozen=True)
class Network:
    """A network: how its address is made, what it takes, and how it counts.

    `address` holds, each percent-encoded: `{text}` (the message without the page's address),
    `{message}` (the message with it), `{url}` (the page's address where the message names it),
    `{page}` (the page's address in any case), `{subject}` and `{to}` (the addressee's account).
    It is empty where there is nothing to open: what the device does itself. `label` is the
    network's own name, or None where each language has a word of its own. `mention` is the form
    of an account's name in a message, or None where the network links no names. What is sent
    through a `private` network only its recipient reads. `also_called` are the names, in small
    letters, by which editors may call it instead.

    `account` is the pattern of its accounts, without the `@` before them, of which
    `account_example` is one; `{to}` leaves `to_omits` out of an account's beginning.

    `limit` is the most that a text may count in its `unit`, None where no text gets near it.
    `url_length` is what each address in a text counts, None where it counts as any text does.
    `line_end` is what ends a line of a text in the network's address.
    """

    name: str
    label: str | None
    address: str
    unit: Unit = "grapheme"
    limit: int | None = None
    url_length: int | None = None
    line_end: str = "\n"
    mention: str | None = None
    account: str = r"[\w.-]+"
    account_example: str = "name"
    to_omits: str = ""
    private: bool = False
    also_called: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> frozenset[str]:
        """The names of the values in its address."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.address) if name)

    @cached_property
    def takes_text(self) -> bool:
        """Whether a text can come along; else the network shows the page's own preview alone."""
        return not self.fields.isdisjoint(("text", "message"))

    @cached_property
    def takes_page(self) -> bool:
        """Whether the page's address counts as part of the text."""
        return not self.fields.isdisjoint(("message", "url"))

    @cached_property
    def takes_addressee(self) -> bool:
        """Whether it can be told whom a message goes to."""
        return "to" in self.fields

    @property
    def carries_messages(self) -> bool:
        """Whether a message through it can reach the addressee."""
        return self.takes_addressee if self.private else bool(self.address)


_DOMAIN = r"(?:[A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*"
# Recommendation ITU-T E.164, section 6: a country's code and the number, at most 15 digits.
_NUMBER = r"\+[1-9][0-9]{4,14}"
_NUMBER_EXAMPLE = "+12025550123"

NETWORKS: dict[str, Network] = {
    network.name: network
    for network in (
        # Address: docs.x.com, "Web Intents", parameters of the post intent. Count: docs.x.com,
        # "Counting characters", and twitter-text's config/v3.json. Account: twitter-text's pattern
        # of mentions.
        Network(
            "x",
            "X",
            "https://x.com/intent/tweet?text={text}&url={url}",
            unit="weighted",
            limit=280,
            url_length=23,
            mention="@{handle}",
            account=r"[A-Za-z0-9_]{1,20}",
            also_called=("twitter",),
        ),
        # developers.facebook.com, "Sharing Best Practices": the page's Open Graph tags are shown;
        # a text in `quote` has been ignored since 2021.
        Network(
            "facebook",
            "Facebook",
            "https://www.facebook.com/sharer/sharer.php?u={page}",
            also_called=("fb",),
        ),
        # Address: docs.bsky.app, "Action Intent Links". Count: the lexicon app.bsky.feed.post,
        # maxGraphemes of `text`; an address counts in full. Its maxLength, 3,000 bytes, is not
        # counted: only a text of nearly nothing but joined emoji gets there first. Account:
        # atproto.com, "Handle", which is a domain.
        Network(
            "bluesky",
            "Bluesky",
            "https://bsky.app/intent/compose?text={message}",
            limit=300,
            mention="@{handle}",
            account=_DOMAIN,
            account_example="name.bsky.social",
        ),
        # Address: share.joinmastodon.org, which asks for the reader's own server. Count:
        # docs.joinmastodon.org, "Posting to your profile", and Mastodon's StatusLengthValidator;
        # a server may allow more. Account: Mastodon's Account::USERNAME_RE, with its server, which
        # is another one than the reader's.
        Network(
            "mastodon",
            "Mastodon",
            "https://share.joinmastodon.org/?text={message}",
            limit=500,
            url_length=23,
            mention="@{handle}",
            account=rf"[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*@{_DOMAIN}",
            account_example="name@mastodon.social",
        ),
        # Address: developers.facebook.com, "Threads Web Intents". Count: the same,
        # "Threads Posts", Limitations. Account: that on Instagram; help.instagram.com, on usernames.
        Network(
            "threads",
            "Threads",
            "https://www.threads.com/intent/post?text={text}&url={url}",
            unit="character",
            limit=500,
            mention="@{handle}",
            account=r"[A-Za-z0-9_.]{1,30}",
        ),
        # faq.whatsapp.com, "How to use click to chat": a number is digits only, without the plus.
        Network(
            "whatsapp",
            "WhatsApp",
            "https://wa.me/{to}?text={message}",
            account=_NUMBER,
            account_example=_NUMBER_EXAMPLE,
            to_omits="+",
            private=True,
        ),
        # core.telegram.org/widgets/share. Count: core.telegram.org/api/config,
        # message_length_max.
        Network(
            "telegram",
            "Telegram",
            "https://t.me/share/url?url={page}&text={text}",
            unit="character",
            limit=4096,
            private=True,
        ),
        # Reddit's own share button; the title's limit is that of its API, POST /api/submit.
        Network(
            "reddit", "Reddit", "https://www.reddit.com/submit?url={page}&title={text}", limit=300
        ),
        # learn.microsoft.com, "Share on LinkedIn" plugin: the address alone.
        Network(
            "linkedin",
            "LinkedIn",
            "https://www.linkedin.com/sharing/share-offsite/?url={page}",
        ),
        # RFC 6068; its section 5 gives the end of lines. Longer addresses are cut or refused by mail
        # programs and by Windows, whose longest is 2,048 (support.microsoft.com, "Maximum URL length
        # is 2,083 characters").
        Network(
            "email",
            None,
            "mailto:{to}?subject={subject}&body={message}",
            unit="address",
            limit=1899,
            line_end="\r\n",
            account=MAILBOX,
            account_example="name@example.org",
            private=True,
            also_called=("mail", "e-mail"),
        ),
        # RFC 5724; iOS takes the body after `&`, Android after either, so both stand there. Account:
        # a number, or one of the few digits that services have.
        Network(
            "sms",
            None,
            "sms:{to}?&body={message}",
            account=rf"{_NUMBER}|[0-9]{{3,6}}",
            account_example=_NUMBER_EXAMPLE,
            private=True,
            also_called=("text message",),
        ),
        # What the device does itself, by a button that a script adds.
        Network("copy", None, "", also_called=("clipboard",)),
        Network("print", None, ""),
    )
}

OTHER_NAMES = {also: it.name for it in NETWORKS.values() for also in it.also_called}

#: Networks that only other apps can open with a message (developers.facebook.com, "Sharing to
#: Feed"; developers.tiktok.com, "Share Kit"), by the names, in small letters, that editors use.
FOR_APPS_ONLY = {"instagram": "Instagram", "insta": "Instagram", "tiktok": "TikTok"}
