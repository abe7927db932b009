"""What news pages print around a report, as patterns: the one list to add to when a new kind of junk is met.

It must not know where a passage stands. Each pattern is written so that a sentence of a report does not match: most begin
with what is only said to readers ("Sign up …", "Read more:"), which a report would put in quotation marks.
"""

import re
from dataclasses import dataclass

LONGEST = 700
"""Characters: a longer passage is no junk by these patterns; what precedes its end mark is prose."""

_AGENCY = (
    r"(?:Reuters|REUTERS|AP|AFP|EPA|UPI|DPA|dpa|ANSA|TASS|PTI|ANI|CP|PA|AAP|Associated Press|Canadian Press|Agence France-Presse"
    r"|Press Association|Anadolu(?: Agency)?|Xinhua|Kyodo|Bloomberg|CNN|CBC(?: News)?|BBC(?: News)?|Al Jazeera|NPR)"
)
_CREDITED = r"(?:Getty(?: Images)?|Shutterstock|Maxar|AP Photo|Photo|Photograph|Image|Handout|File|EPA-EFE|Pool|Alamy|Sipa|NurPhoto|iStock)"
_PICTURE = r"(?:photos?|images?|pictures?|photographs?|frame|video grab|screen ?grab|screenshot|illustration|still)"
_STORY = r"(?:story|article|report|post|piece|version|headline|page|column|file)"
_NAME = r"(?:[A-Z][\w.'’-]+\s+){2,4}"
_TRADE = (
    r"(?:reporter|correspondent|editor|columnist|journalist|writer|producer|author|fellow|contributor|freelancer|intern"
    r"|bureau chief|photographer|anchor|commentator|news assistant)s?"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a passage is junk, and how it is told. `whole`: not a sentence but the paragraph that holds it is junk."""

    why: str
    pattern: re.Pattern[str]
    whole: bool = False


def _rule(why: str, pattern: str, *, whole: bool = False, any_case: bool = False) -> Rule:
    return Rule(why, re.compile(pattern, re.DOTALL | (re.IGNORECASE if any_case else re.NOFLAG)), whole)


BEGINNINGS = (
    _rule(
        "video", r"(?:WATCH|VIDEO|LISTEN|Watch|Video|Listen)(?:\s+(?:live|now|more|LIVE|NOW|MORE))?\s*[|:»]", whole=True
    ),
    _rule(
        "video", r"(?:Play|PLAY)(?: video)?\s*\Z|Media playback|This video (?:can ?not|is no longer available|requires)"
    ),
    _rule(
        "video",
        r"(?:Watch|Listen to) (?:the |this |our )?(?:(?:full|live|entire|whole|complete) )*"
        r"(?:video|interview|report|clip|press conference|speech|segment|episode|podcast|documentary|below|here)\b",
    ),
    _rule("caption", r"(?:Image|Media|Photo) (?:caption|source|credit)\b|(?:REUTERS|AP Photo)\s*/", whole=True),
    _rule(
        "caption", r"(?:Photo|Image|Picture|Photograph|Credit|Caption|Pictured|Photos|PHOTO|PHOTOS)\s*[:|]", whole=True
    ),
    _rule("caption", r"\[?(?:FILE|File)(?:\s+(?:PHOTO|photo|image|picture))?\s*(?:[-–—:]|\[)", whole=True),
    _rule("caption", rf"In this\b[^,.]{{0,12}}[\w.,\s]{{0,30}}\b{_PICTURE}\b[^.]{{0,120}},", whole=True),
    _rule("caption", r"!\[", whole=True),
    _rule(
        "newsletter",
        r"(?:Sign[ -]?up|Subscribe|Register|Join|Get|Download|Enter|Receive|Try|Stay)\b.{0,160}?"
        r"\b(?:newsletters?|inbox|e-?mail|alerts|(?:our|the|this) (?:free )?app|app store|unlimited access|free trial|digital access"
        r"|WhatsApp|Telegram channel|Subscribe)\b",
        any_case=True,
    ),
    _rule(
        "newsletter",
        r"Get (?:unlimited |full )?access to\b|Sign[ -]?up (?:here|now|for (?:our|free)|to (?:our|get|receive))\b|Subscribe (?:here|now|to)\b",
        any_case=True,
    ),
    _rule(
        "newsletter",
        r"(?:Already|Not) a subscriber|To (?:continue|keep) reading|Support (?:our|independent) (?:journalism|reporting)",
    ),
    _rule(
        "follow us",
        r"Follow (?:us|me|the author|@)|(?:Follow|Like|Find) .{1,80}? on (?:Twitter|X|Facebook|Instagram|social media|Threads)\b",
    ),
    _rule(
        "follow us",
        r"(?:You can )?(?:follow|contact|reach|email|e-mail|write to|tweet)\b.{1,80}?(?:@\w|\bon Twitter\b)",
        any_case=True,
    ),
    _rule(
        "follow us",
        r"[^.]{3,60}? (?:can|may) be (?:reached|contacted|followed) (?:at|on|via|by e-?mail)\b.{0,40}?(?:@|\d{3})",
    ),
    _rule("follow us", r"(?:Join|Find|Follow) (?:us|our|the conversation)\b|(?:On )?Twitter:\s*@"),
    _rule(
        "link to another story",
        r"\[?(?:Read|See|Also|More|Related|Recommended|Must[ -]read|Don['’]t miss|Go deeper|Further|Trending|Most read"
        r"|Editors?['’]?s? picks?|Opinion|Analysis|Explainer|Explained|Full coverage|In pictures|Live updates)"
        r"(?:\s+\w+){0,4}?\s*[:|»>]",
        whole=True,
        any_case=True,
    ),
    _rule(
        "link to another story",
        r"\[?(?:Read|See|View|Find out) (?:more|the (?:full|rest|original|whole|entire|complete)|full|next|also|our|all|related)\b"
        r"|\[?(?:Click|Tap) (?:here|on|to)\b|Continue reading|Keep reading|For more (?:on|information|from|details|news|stories|about)\b",
        any_case=True,
    ),
    _rule(
        "advertisement",
        r"(?:Advertisement|Advertising|Sponsored(?: content)?|Promoted)\W*(?:\Z|\n)",
        whole=True,
        any_case=True,
    ),
    _rule(
        "advertisement",
        r"(?:Story|Article|Post) continues (?:below|after)|Skip (?:advertisement|ad|past)\b",
        any_case=True,
    ),
    _rule(
        "contributed reporting",
        r"[(—–-]*\s*(?:(?:Additional|With|Further|Original) )*(?:Reporting|Writing|Editing|Compiled|Translated|Edited|Written|Reported"
        r"|Produced|Graphics?|Research|Report|Story) (?:and (?:writing|editing|additional reporting) )?by\b[^.]{3,300}\W*\Z",
        any_case=True,
    ),
    _rule(
        "contributed reporting",
        r"[(—–-]*\s*With (?:files?|inputs?|(?:additional )?reporting|agency inputs?|reports?) (?:from|by)\b",
    ),
    _rule(
        "correction note",
        r"(?:Correction|Clarification|Editor['’]?s?['’]? note|Note to readers)\b[^.]{0,30}[:—–]",
        whole=True,
        any_case=True,
    ),
    _rule(
        "correction note",
        rf"(?:This|An? (?:earlier|previous)|The (?:original|earlier))\b.{{0,30}}?\b{_STORY}\b(?:.{{0,60}}?\b(?:has|have|was|is|will))?.{{0,60}}?"
        r"\b(?:(?:been|was|be|being) (?:updated|corrected|amended|edited|republished|syndicated)|incorrectly|misstated|misidentified"
        r"|misspelled|first published|(?:originally|first) (?:published|appeared))\b",
    ),
    _rule("correction note", r"This is a (?:developing|breaking)(?: news)? story"),
    _rule("copyright", r"Copyright\b|\(c\) ?(?:19|20)\d\d", any_case=True),
    _rule(
        "site notice",
        r"(?:We use|This (?:site|website) uses) cookies|(?:Please )?enable JavaScript|Your browser (?:does|is)",
        any_case=True,
    ),
    _rule(
        "site notice",
        r"You (?:must|need to) be (?:logged|signed) in|(?:Log|Sign) in (?:to|or)\b|Please (?:log|sign) in",
        any_case=True,
    ),
    _rule("site notice", r"Loading\b\W*\Z"),
    _rule(
        "call to readers",
        r"(?:Do you have|Have|Got) (?:a|any) (?:\w+ )?(?:tip|question|comment|suggestion)s?\b|Let us know\b|Tell us (?:in|what|about)\b"
        r"|You (?:may|might) also (?:like|be interested)|If you (?:enjoyed|liked) this (?:article|story|post)"
        r"|Send (?:us|your)\b|(?:Leave|Post|Add|View|Show|Load) (?:a |all |your |more )?(?:comment|repl)|What do you think\?",
        any_case=True,
    ),
)
"""Tried where a sentence begins; those of whole paragraphs where a paragraph begins."""

ENDINGS = (
    _rule("video", r"\bDuration:? \d{1,2}:\d\d\b|(?<![\d:])\d{1,2}:\d\d\s*\Z", whole=True),
    _rule("caption", rf"[(\[][^()\[\]]{{0,90}}\b{_CREDITED}\b[^()\[\]]{{0,60}}[)\]]\.?\s*\Z", whole=True),
    _rule(
        "caption",
        rf"[(\[][^()\[\]]{{1,60}}\s?(?:/|via|for)\s?(?:The )?{_AGENCY}\b[^()\[\]]{{0,30}}[)\]]\.?\s*\Z",
        whole=True,
    ),
    _rule(
        "caption",
        r"\b(?:Photo|Image|Picture|Photograph|Credit|Photo credit|Image credit|Photos)s?\s*:\s*[^.:]{2,80}\.?\s*\Z",
        whole=True,
    ),
    _rule(
        "caption",
        rf"\b(?:Photo(?:graph)?s? (?:by|courtesy)|(?:{_CREDITED}|AFP|AP|via)\s?/|/\s?{_AGENCY})[^.]{{0,60}}\Z",
        whole=True,
    ),
    _rule("caption", r"\b(?:Getty Images|AP Photo|AFP via Getty|EPA-EFE|Shutterstock)\s*\Z", whole=True),
    _rule(
        "contributed reporting",
        rf"\bcontributed (?:(?:additional |further )?(?:reporting|research)\b|(?:in part )?to (?:this|the) {_STORY}|to (?:this|the) reporting"
        r"|from [A-Z][\w ,.]{2,30}\Z)(?: from (?:[A-Z]|the [A-Z])[^.]{0,60})?\W*\Z",
    ),
    _rule("contributed reporting", r"Trust Principles\W*\Z"),
    _rule(
        "copyright",
        r"(?<![^\s|(\[])©|\ball rights reserved\b|\bmay not be (?:published|reproduced|broadcast)\b",
        any_case=True,
    ),
)
"""Looked for in the last characters of a sentence, or of a paragraph for those of whole paragraphs."""

AGENCY_CREDIT = re.compile(
    rf"(?:(?<=[.!?”\"’»])\s+)?[(\[](?:The )?{_AGENCY}(?:[/,&\s]+(?:{_AGENCY}|agencies))*[)\]]\s*\Z"
)
"""A lone agency in brackets: behind the last sentence of a report its credit, else that of a photograph."""

SHARE = re.compile(
    r"(?:(?:share|tweet|email|e-mail|print|facebook|twitter|whatsapp|linkedin|copy|link|save|comments?|like|reddit|pinterest|telegram"
    r"|flipboard|messenger|messages?|on|this|article|via|x|bookmark|gift|more|\d+)\b[\s,|·•:]*){1,20}\Z",
    re.IGNORECASE,
)
AGO = re.compile(
    r"(?:(?:updated|posted|published|last updated)?\s*:?\s*(?:an?|\d+) ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|h|m|d)\s+ago"
    r"|\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?)\W*\Z",
    re.IGNORECASE,
)
BIOGRAPHY = re.compile(
    rf"(?:About the authors?:?\s+)?(?P<name>{_NAME})(?:(?:is|are|has been|was) (?:an?|the|our|CNN|BBC|NPR)?\s?.{{0,80}}?\b{_TRADE}\b"
    r"|(?:covers|writes (?:about|for|on)|reports (?:on|for|from))\b)",
    re.DOTALL,
)
_PLACE = r"[^\W\d_][\w.'’-]*(?:[ /][^\W\d_][\w.'’-]*){0,3}"
DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:,\s{_PLACE}){{0,2}})(?:,?\s+(?:[A-Z][a-z]+\.?\s\d{{1,2}}|\d{{1,2}}\s[A-Z][a-z]+\.?)(?:,?\s\d{{4}})?)?,?"
    rf"\s*(?P<agency>\((?:[A-Z][\w&/. -]{{1,40}})\))?\s*(?:—|–|--|-(?=\s))\s*(?=[\"“'‘«(]?[A-Z\d])"
    r"|\((?:CNN|AP|Reuters|REUTERS|AFP|NPR|CNN Business|UPI)\)\s*(?:(?:—|–|--|-)\s*)?(?=[\"“'‘«]?[A-Z\d])"
)
"""The place, and the agency if any, before the first sentence: "KYIV, Ukraine (AP) — "."""
