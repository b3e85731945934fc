package dev.switchboard.gateway.wire.anthropic;

/**
 * Requests in the shape that Claude Code 2.1.329 sends, their texts shortened.
 */
final class ClaudeCode {

	/** The first turn: three system blocks, a system message after the prompt. */
	static final String FIRST = """
			{
			  "model": "code",
			  "messages": [
			    {"role": "user", "content": [
			      {"type": "text", "text": "<system-reminder>\\nThe date is known.\\n</system-reminder>"},
			      {"type": "text", "text": "Please call Read {\\"file_path\\": \\"/tmp/a.txt\\"}"}
			    ]},
			    {"role": "system", "content": [
			      {"type": "text", "text": "The working directory is /tmp.", "cache_control": {"type": "ephemeral"}}
			    ]}
			  ],
			  "system": [
			    {"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1.329.abc; cc_entrypoint=sdk-cli;"},
			    {"type": "text", "text": "You are Claude Code.", "cache_control": {"type": "ephemeral"}},
			    {"type": "text", "text": "Be short.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}
			  ],
			  "tools": %1$s,
			  "metadata": {"user_id": "{\\"device_id\\":\\"d\\",\\"session_id\\":\\"s\\"}"},
			  "max_tokens": 32000,
			  "thinking": {"type": "adaptive", "display": "omitted"},
			  "context_management": {"edits": [{"type": "clear_thinking_20251015", "keep": "all"}]},
			  "output_config": {"effort": "high"},
			  "stream": true
			}
			""".formatted(tools());

	/** The turn after, with the result of the call that {@code %s} names. */
	static final String SECOND = """
			{
			  "model": "code",
			  "messages": [
			    {"role": "user", "content": [{"type": "text", "text": "Please read a.txt"}]},
			    {"role": "system", "content": [{"type": "text", "text": "The working directory is /tmp."}]},
			    {"role": "assistant", "content": [
			      {"type": "thinking", "thinking": "", "signature": "EqkCCkYICxgC"},
			      {"type": "text", "text": "I read it."},
			      {"type": "tool_use", "id": "%1$s", "name": "Read", "input": {"file_path": "/tmp/a.txt"}}
			    ]},
			    {"role": "user", "content": [
			      {"type": "tool_result", "tool_use_id": "%1$s", "content": "1\\thello",
			        "cache_control": {"type": "ephemeral"}}
			    ]}
			  ],
			  "system": [{"type": "text", "text": "You are Claude Code."}],
			  "tools": %2$s,
			  "max_tokens": 32000,
			  "thinking": {"type": "adaptive", "display": "omitted"},
			  "output_config": {"effort": "high"},
			  "stream": true
			}
			""";

	private ClaudeCode() {
	}

	static String second(String toolUseId) {
		return SECOND.formatted(toolUseId, tools());
	}

	private static String tools() {
		return """
				[
				    {"name": "Read", "description": "Reads a file", "input_schema": {
				      "$schema": "https://json-schema.org/draft/2020-12/schema",
				      "type": "object",
				      "properties": {
				        "file_path": {"type": "string"},
				        "limit": {"type": "integer", "exclusiveMinimum": 0, "maximum": 9007199254740991}
				      },
				      "required": ["file_path"],
				      "additionalProperties": false
				    }},
				    {"name": "WebFetch", "description": "Fetches a page", "defer_loading": true, "input_schema": {
				      "type": "object", "properties": {}, "additionalProperties": false}}
				  ]""";
	}

}
