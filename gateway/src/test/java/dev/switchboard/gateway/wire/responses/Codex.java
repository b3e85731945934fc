package dev.switchboard.gateway.wire.responses;

/** Requests as Codex sends them, shortened where it is long-winded. */
public final class Codex {

	/** Its tools for a model that it knows. */
	private static final String TOOLS = """
			[{"type":"function","name":"exec_command","description":"Runs a command","strict":false,"parameters":
			  {"type":"object","properties":{"cmd":{"type":"string"}},"required":["cmd"],"additionalProperties":false}},
			 {"type":"namespace","name":"mcp__notes","description":"Notes","tools":[
			  {"type":"function","name":"search","description":"Searches","strict":false,"parameters":
			   {"type":"object","properties":{"q":{"type":"string"}}}}]},
			 {"type":"web_search","external_web_access":false},
			 {"type":"custom","name":"apply_patch","description":"Edits files","format":
			  {"type":"grammar","syntax":"lark","definition":"start: begin_patch hunk+ end_patch"}},
			 {"type":"tool_search","execution":"client","description":"Finds tools","parameters":{"type":"object"}}]""";

	private static final String BEGINNING = """
			{"type":"message","id":"msg_1","role":"developer","content":[{"type":"input_text","text":"You are Codex."}]},
			{"type":"message","id":"msg_2","role":"user","content":[
			 {"type":"input_text","text":"<environment_context>zsh</environment_context>"}]},
			{"type":"message","id":"msg_3","role":"user","content":[{"type":"input_text","text":"List the files."}]}""";

	private Codex() {
	}

	/** The first turn. */
	public static String first(String model) {
		return request(model, BEGINNING);
	}

	/** The turn after a call of {@code exec_command}. */
	public static String second(String model, String callId) {
		return request(model, BEGINNING + """
				,{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"I need ls."}],
				 "content":null,"encrypted_content":"gAAAA="},
				{"type":"function_call","id":"fc_1","call_id":"%1$s","name":"exec_command",
				 "arguments":"{\\"cmd\\":\\"ls\\"}"},
				{"type":"function_call_output","call_id":"%1$s","output":"README.md"}""".formatted(callId));
	}

	/** A turn with these items. */
	public static String request(String model, String items) {
		return """
				{"model":"%s","stream":true,"input":[%s],"tools":%s,"tool_choice":"auto","parallel_tool_calls":true,
				"reasoning":{"effort":"medium","summary":"auto"},"store":false,
				"include":["reasoning.encrypted_content"],"prompt_cache_key":"k","client_metadata":{"x":"y"},
				"text":{"verbosity":"low"}}""".formatted(model, items, TOOLS);
	}

}
