package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.messages.Message;

/**
 * What one target is asked for beside Spring AI's portable options, and what of it has to
 * be said in words, as its options have no field for it.
 */
final class Asking {

	private static final Logger logger = LoggerFactory.getLogger(TargetPrompts.class);

	private static final String JSON_OBJECT = "Answer with one JSON object only: no explanation before or after it, "
			+ "no Markdown fence around it.";

	private final CommonOptions common;

	private final ModelId target;

	private final @Nullable ModelCard card;

	private final boolean tools;

	private final boolean schema;

	private final List<String> words = new ArrayList<>();

	private boolean withoutTools;

	/**
	 * Something to ask a target for.
	 * @param common what is asked for
	 * @param target the target
	 * @param card what is known of its model; {@code null} if nothing is
	 * @param tools whether there are tools to choose from
	 * @param schema whether an output schema is asked for, which says more than that it
	 * be JSON
	 */
	Asking(CommonOptions common, ModelId target, @Nullable ModelCard card, boolean tools, boolean schema) {
		this.common = common;
		this.target = target;
		this.card = card;
		this.tools = tools;
		this.schema = schema;
	}

	CommonOptions common() {
		return this.common;
	}

	ModelId target() {
		return this.target;
	}

	/** The model's own name, without what hosts put before it, in lower case. */
	String model() {
		String model = this.target.model();
		return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
	}

	boolean isKnown() {
		return this.card != null;
	}

	boolean mayReason() {
		return this.card == null || this.card.reasoning();
	}

	boolean hasTools() {
		return this.tools && !this.withoutTools;
	}

	/** What is chosen among tools; {@code null} where nothing is, or there are none. */
	@Nullable ToolChoice toolChoice() {
		return this.tools ? this.common.toolChoice() : null;
	}

	boolean forcesTool() {
		ToolChoice choice = toolChoice();
		return choice != null && choice.isForced();
	}

	/** Whether several tools may be called; {@code null} where there are none. */
	@Nullable Boolean parallelToolCalls() {
		return this.tools ? this.common.parallelToolCalls() : null;
	}

	boolean wantsJsonObject() {
		return this.common.jsonObject() && !this.schema;
	}

	/**
	 * How long to think; {@code null} if nothing is said, or nothing that is known, or
	 * the model does not think.
	 */
	@Nullable Effort effort() {
		String word = this.common.reasoningEffort();
		if (word == null) {
			return null;
		}
		Effort effort = Effort.of(word);
		if (effort == null || !mayReason()) {
			drop("reasoningEffort");
			return null;
		}
		return effort;
	}

	void leaveOutTools() {
		this.withoutTools = true;
	}

	boolean leavesOutTools() {
		return this.withoutTools;
	}

	void say(String instruction) {
		this.words.add(instruction);
	}

	void sayJsonObject() {
		if (wantsJsonObject()) {
			say(JSON_OBJECT);
		}
	}

	/** As {@link #sayJsonObject}, unless the messages speak of it already. */
	void sayJsonObjectUnlessSaid(List<Message> messages) {
		for (Message message : messages) {
			String text = message.getText();
			if (text != null && text.toLowerCase(Locale.ROOT).contains("json")) {
				return;
			}
		}
		sayJsonObject();
	}

	void sayToolChoice() {
		ToolChoice choice = toolChoice();
		if (choice == null) {
			return;
		}
		switch (choice.kind()) {
			case NONE -> say("Answer without calling a tool.");
			case REQUIRED -> say("Answer by calling at least one of the tools.");
			case FUNCTION -> say("Answer by calling the tool '" + choice.name() + "'.");
			default -> {
			}
		}
	}

	void sayOneToolAtATime() {
		if (Boolean.FALSE.equals(parallelToolCalls())) {
			say("Call one tool at a time.");
		}
	}

	List<String> words() {
		return this.words;
	}

	void drop(String option) {
		logger.debug("An option is dropped, as the target cannot be asked for it: option={} target={}", option,
				this.target);
	}

}
