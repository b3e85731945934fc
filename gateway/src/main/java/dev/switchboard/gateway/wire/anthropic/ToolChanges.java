package dev.switchboard.gateway.wire.anthropic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.RefusedRequestException;

/**
 * Tools that system messages in the middle of a conversation add or take away. Other
 * wires have one list for the whole request: the one that holds at its end.
 */
final class ToolChanges {

	private final Set<String> removed = new HashSet<>();

	private final List<Fields> added = new ArrayList<>();

	/**
	 * Reads a block of a system message.
	 * @param block the block
	 * @return whether it is a change of the tools
	 */
	boolean read(Fields block) {
		String type = block.requiredText("type");
		if (!type.equals("tool_addition") && !type.equals("tool_removal")) {
			return false;
		}
		Fields tool = block.object("tool");
		if (tool == null) {
			throw RefusedRequestException.invalid(block.path("tool"), "'" + block.path("tool") + "' is required");
		}
		Fields definition = tool.object("definition");
		String name = name((definition != null) ? definition : tool);
		if (type.equals("tool_removal")) {
			this.removed.add(name);
		}
		else {
			this.removed.remove(name);
			if (definition != null) {
				this.added.removeIf((before) -> name.equals(before.text("name")));
				this.added.add(definition);
			}
		}
		return true;
	}

	private static String name(Fields tool) {
		String name = tool.text("tool_name");
		return (name != null) ? name : tool.requiredText("name");
	}

	/** Whether a tool is not to be told. */
	boolean isRemoved(String name) {
		return this.removed.contains(name);
	}

	/** The definitions of tools that the request itself does not list. */
	List<Fields> added() {
		return this.added;
	}

}
