"""getMe, getUpdates and what stands in for webhooks.

Must not know messages.
"""

from __future__ import annotations

from typing import Any

from bot.local.errors import Refusal
from bot.local.methods.kinds import Table
from bot.local.params import Params
from bot.local.values import Json
from bot.local.wire import user_json
from bot.local.world import World

LONGEST_POLL = 50  # Client.h, LONG_POLL_MAX_TIMEOUT


async def get_me(world: World, params: Params) -> Json:
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        # The bot is shown every message of a group, so that it has to choose for itself what to answer.
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, params: Params) -> list[Json]:
    allowed = params.sequence("allowed_updates", "Expected an Array of String as allowed_updates")
    world.updates.allow([str(kind) for kind in allowed] if "allowed_updates" in params.values else None)
    return await world.updates.poll(
        offset=params.integer("offset"),
        limit=params.within("limit", 100, 1, 100),
        timeout=params.within("timeout", 0, 0, LONGEST_POLL),
    )


async def set_webhook(world: World, params: Params) -> Any:
    if not params.word("url"):
        return await delete_webhook(world, params)
    raise Refusal(400, "Bad Request: bad webhook: the local Bot API delivers updates by getUpdates only")


async def delete_webhook(world: World, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, params: Params) -> Json:
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    return info


async def yes(world: World, params: Params) -> bool:
    return True


METHODS: Table = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": yes,
    "close": yes,
}
