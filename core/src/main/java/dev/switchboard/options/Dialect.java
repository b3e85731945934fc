package dev.switchboard.options;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What a model's class can be asked, told by the class of its options. Names rather than
 * classes: a provider's jar may be missing.
 */
enum Dialect {

	OPENAI("org.springframework.ai.openai.OpenAiChatOptions"),

	ANTHROPIC("org.springframework.ai.anthropic.AnthropicChatOptions"),

	GEMINI("org.springframework.ai.google.genai.GoogleGenAiChatOptions"),

	/** A model handed in, of which nothing is known. */
	OTHER("");

	private final String optionsClass;

	Dialect(String optionsClass) {
		this.optionsClass = optionsClass;
	}

	static Dialect of(ChatOptions options) {
		for (Class<?> type = options.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
			String name = type.getName();
			if (name.equals(OPENAI.optionsClass)) {
				return OPENAI;
			}
			if (name.equals(ANTHROPIC.optionsClass)) {
				return ANTHROPIC;
			}
			if (name.equals(GEMINI.optionsClass)) {
				return GEMINI;
			}
		}
		return OTHER;
	}

	/** Whether the definitions of a JSON schema are sent with it. */
	boolean keepsDefinitions() {
		return this != ANTHROPIC && this != GEMINI;
	}

	/** Whether the wire knows instructions only at the top of a conversation. */
	boolean hasOneSystemMessage() {
		return this == ANTHROPIC || this == GEMINI;
	}

}
