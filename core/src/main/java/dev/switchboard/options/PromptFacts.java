package dev.switchboard.options;

import java.util.List;

import dev.switchboard.call.RequestFacts;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.util.MimeType;

/**
 * Reads from a prompt what the choice of a target needs to know of it, without asking a
 * model and without copying anything.
 * <p>
 * The input tokens are an estimate, meant for choosing a context window, not for bills: a
 * Chinese, Japanese or Korean character counts as a token, four Latin ones as one, two of
 * any other script as one; of a text longer than {@value #SAMPLE} characters that many
 * are looked at, evenly spread. A message adds {@value #PER_MESSAGE} tokens, a picture
 * {@value #PER_IMAGE}, a sound one per {@value #AUDIO_BYTES_PER_TOKEN} bytes and at least
 * {@value #PER_AUDIO}, a text document its text, any other one per
 * {@value #FILE_BYTES_PER_TOKEN} bytes and at least {@value #PER_FILE}. Tool definitions
 * and the output schema count as text.
 */
public final class PromptFacts {

	static final int SAMPLE = 1024;

	static final int PER_MESSAGE = 4;

	static final int PER_IMAGE = 1000;

	static final int PER_AUDIO = 500;

	static final int AUDIO_BYTES_PER_TOKEN = 500;

	static final int PER_FILE = 2000;

	static final int FILE_BYTES_PER_TOKEN = 50;

	private static final int LATIN_END = 0x250;

	private static final int CJK_START = 0x2E80;

	private int images;

	private int audio;

	private int files;

	private long tokens;

	private PromptFacts() {
	}

	/**
	 * Reads the facts of a prompt.
	 * @param prompt the prompt
	 * @return the facts; moving pictures are counted among the files
	 */
	public static RequestFacts of(Prompt prompt) {
		PromptFacts facts = new PromptFacts();
		List<Message> messages = prompt.getInstructions();
		for (int i = 0; i < messages.size(); i++) {
			facts.add(messages.get(i));
		}
		ChatOptions options = prompt.getOptions();
		int tools = 0;
		if (options instanceof ToolCallingChatOptions toolOptions && toolOptions.getToolCallbacks() != null) {
			for (ToolCallback tool : toolOptions.getToolCallbacks()) {
				tools++;
				facts.addText(tool.getToolDefinition().description());
				facts.addText(tool.getToolDefinition().inputSchema());
			}
		}
		String schema = (options instanceof StructuredOutputChatOptions structured) ? structured.getOutputSchema()
				: null;
		facts.addText(schema);
		return new RequestFacts(facts.images, facts.audio, facts.files, (int) Math.min(facts.tokens, Integer.MAX_VALUE),
				tools, schema != null, maxTokens(options));
	}

	private static @Nullable Long maxTokens(@Nullable ChatOptions options) {
		Integer most = (options != null) ? options.getMaxTokens() : null;
		return (most != null && most > 0) ? Long.valueOf(most) : null;
	}

	/**
	 * Estimates the tokens of a text, by the rule above.
	 * @param text the text; {@code null} counts as empty
	 * @return the estimate
	 */
	public static long estimateTokens(@Nullable CharSequence text) {
		if (text == null || text.length() == 0) {
			return 0;
		}
		int length = text.length();
		int step = Math.max(1, length / SAMPLE);
		long quarters = 0;
		int seen = 0;
		for (int i = 0; i < length; i += step) {
			quarters += quartersOf(text.charAt(i));
			seen++;
		}
		return (quarters * length / seen + 3) / 4;
	}

	private static int quartersOf(char character) {
		if (character < LATIN_END) {
			return 1;
		}
		return (character < CJK_START) ? 2 : 4;
	}

	private void add(Message message) {
		this.tokens += PER_MESSAGE;
		addText(message.getText());
		if (message instanceof AssistantMessage assistant) {
			for (AssistantMessage.ToolCall call : assistant.getToolCalls()) {
				addText(call.name());
				addText(call.arguments());
			}
		}
		else if (message instanceof ToolResponseMessage results) {
			for (ToolResponseMessage.ToolResponse result : results.getResponses()) {
				addText(result.responseData());
			}
		}
		if (message instanceof MediaContent content) {
			for (Media media : content.getMedia()) {
				add(media);
			}
		}
	}

	private void addText(@Nullable String text) {
		this.tokens += estimateTokens(text);
	}

	private void add(Media media) {
		MimeType type = media.getMimeType();
		long bytes = sizeOf(media.getData());
		switch (type.getType()) {
			case "image" -> {
				this.images++;
				this.tokens += PER_IMAGE;
			}
			case "audio" -> {
				this.audio++;
				this.tokens += Math.max(PER_AUDIO, bytes / AUDIO_BYTES_PER_TOKEN);
			}
			case "text" -> {
				this.files++;
				this.tokens += bytes / 4;
			}
			default -> {
				this.files++;
				this.tokens += Math.max(PER_FILE, bytes / FILE_BYTES_PER_TOKEN);
			}
		}
	}

	private static long sizeOf(Object data) {
		if (data instanceof byte[] bytes) {
			return bytes.length;
		}
		if (data instanceof String text && text.startsWith("data:")) {
			return text.length() * 3L / 4;
		}
		return 0;
	}

}
