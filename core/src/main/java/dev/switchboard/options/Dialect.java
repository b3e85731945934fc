package dev.switchboard.options;

import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What a model's class can be asked, told by the class of its options. Names rather than
 * classes: a provider's jar may be missing.
 */
enum Dialect {

	OPENAI("org.springframework.ai.openai.OpenAiChatOptions", "openai"),

	ANTHROPIC("org.springframework.ai.anthropic.AnthropicChatOptions", "anthropic"),

	GEMINI("org.springframework.ai.google.genai.GoogleGenAiChatOptions", "google"),

	/** A model handed in, of which nothing is known. */
	OTHER("", "");

	private final String optionsClass;

	private final String maker;

	Dialect(String optionsClass, String maker) {
		this.optionsClass = optionsClass;
		this.maker = maker;
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

	/** What is known of a target's model, there or at the maker of the wire. */
	@Nullable ModelCard card(ModelId target, ModelCatalog catalog) {
		return (this != OTHER) ? catalog.find(target, this.maker) : catalog.find(target);
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
