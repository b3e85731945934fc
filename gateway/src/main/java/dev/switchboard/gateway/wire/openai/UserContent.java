package dev.switchboard.gateway.wire.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.switchboard.gateway.wire.Fields;
import dev.switchboard.gateway.wire.MediaParts;
import dev.switchboard.gateway.wire.RefusedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.MimeType;

/**
 * Reads what a user says, in the parts of chat completions or of responses. A message of
 * Spring AI has one text and pictures beside it; where texts and pictures take turns more
 * than once it becomes several, so that each text stays beside its pictures.
 */
public final class UserContent {

	private static final String PDF = "application/pdf";

	private final List<Message> messages;

	private final List<Media> media = new ArrayList<>();

	private @Nullable String text;

	/** Whether a text came before any media, or else after. */
	private boolean textFirst;

	private UserContent(List<Message> messages) {
		this.messages = messages;
	}

	/**
	 * Reads a message into one or more.
	 * @param message the message
	 * @param field the field with its content, a text or parts
	 * @param messages where they go
	 */
	public static void read(Fields message, String field, List<Message> messages) {
		if (!TextContent.isParts(message, field)) {
			messages.add(new UserMessage(message.requiredText(field)));
			return;
		}
		List<Fields> parts = message.objects(field);
		if (parts.isEmpty()) {
			throw RefusedRequestException.invalid(message.path(field),
					"'" + message.path(field) + "' must have at least one part");
		}
		read(parts, messages);
	}

	/**
	 * Reads parts into one message or more.
	 * @param parts the parts, at least one
	 * @param messages where they go
	 */
	public static void read(List<Fields> parts, List<Message> messages) {
		UserContent content = new UserContent(messages);
		parts.forEach(content::add);
		content.end();
	}

	private void add(Fields part) {
		String type = part.requiredText("type");
		switch (type) {
			case "text", "input_text", "output_text" -> addText(part.requiredText("text"));
			case "image_url" -> addMedia(image(part.requiredObject(type), "url"));
			case "input_image" -> addMedia(image(part, "image_url"));
			case "input_audio" -> addMedia(audio(part.requiredObject(type)));
			case "file" -> addFile(part.requiredObject(type));
			case "input_file" -> addFile(part);
			default -> throw TextContent.unknown(part);
		}
	}

	private void addText(String piece) {
		if (this.text != null && this.textFirst && !this.media.isEmpty()) {
			end();
		}
		if (this.text == null) {
			this.textFirst = this.media.isEmpty();
		}
		this.text = TextContent.join(this.text, piece);
	}

	private void addMedia(Media piece) {
		if (this.text != null && !this.textFirst) {
			end();
		}
		this.media.add(piece);
	}

	private void end() {
		this.messages.add(UserMessage.builder()
			.text((this.text != null) ? this.text : "")
			.media(List.copyOf(this.media))
			.build());
		this.text = null;
		this.media.clear();
	}

	private static Media image(Fields image, String field) {
		if (image.text(field) == null) {
			refuseFileId(image, field);
		}
		String url = image.requiredText(field);
		return MediaParts.ofUrl(url, typeByName(path(url), "image", MediaType.IMAGE_JPEG_VALUE), image.path(field));
	}

	private static Media audio(Fields audio) {
		String format = audio.requiredText("format");
		if (!format.equals("wav") && !format.equals("mp3")) {
			throw RefusedRequestException.unsupported(audio.path("format"),
					"'" + audio.path("format") + "' must be 'wav' or 'mp3'");
		}
		return MediaParts.ofBase64(audio.requiredText("data"), "audio/" + format, audio.path("data"));
	}

	private void addFile(Fields file) {
		String name = file.text("filename");
		String data = file.text("file_data");
		if (data == null) {
			String url = file.text("file_url");
			if (url != null) {
				addMedia(MediaParts.ofUrl(url, typeByName((name != null) ? name : path(url), "", PDF),
						file.path("file_url")));
				return;
			}
			refuseFileId(file, "file_data");
			data = file.requiredText("file_data");
		}
		String type = typeByName(name, "", PDF);
		Media media = data.contains(":") ? MediaParts.ofUrl(data, type, file.path("file_data"))
				: MediaParts.ofBase64(data, type, file.path("file_data"));
		if (media.getData() instanceof byte[] bytes && isText(media.getMimeType())) {
			// Not every provider takes such a file, but every one takes its text.
			addText(TextContent.join(name, new String(bytes, StandardCharsets.UTF_8)));
		}
		else {
			addMedia(media);
		}
	}

	private static void refuseFileId(Fields file, String instead) {
		if (file.text("file_id") != null) {
			throw RefusedRequestException.unsupported(file.path("file_id"),
					"'" + file.path("file_id")
							+ "' names a file that the targets of this route can't read; send the file itself, in '"
							+ instead + "'");
		}
	}

	private static boolean isText(MimeType type) {
		String subtype = type.getSubtype();
		return type.getType().equals("text") || subtype.equals("json") || subtype.equals("xml")
				|| subtype.endsWith("+json") || subtype.endsWith("+xml");
	}

	private static String typeByName(@Nullable String name, String wanted, String fallback) {
		return MediaTypeFactory.getMediaType(name)
			.filter((type) -> wanted.isEmpty() || type.getType().equals(wanted))
			.map(MediaType::toString)
			.orElse(fallback);
	}

	/** A URL without what follows its path; of a {@code data:} URL nothing. */
	private static String path(String url) {
		if (url.regionMatches(true, 0, "data:", 0, 5)) {
			return "";
		}
		int end = url.indexOf('?');
		int fragment = url.indexOf('#');
		if (fragment >= 0 && (end < 0 || fragment < end)) {
			end = fragment;
		}
		return (end >= 0) ? url.substring(0, end) : url;
	}

}
