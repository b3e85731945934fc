package dev.switchboard.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import dev.switchboard.cost.ModelId;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

/**
 * Tool-call ids: unique where a provider leaves them empty, and of a form that every
 * provider accepts where they travel from one to another. Mistral is the narrowest, it
 * wants nine letters or digits.
 */
final class ToolCallIds {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private static final int LENGTH = 9;

	private static final int OPENAI_LIMIT = 40;

	/**
	 * Where Spring AI keeps what else an OpenAI-like server said of a call, by its id.
	 */
	private static final String PROPERTIES_BY_ID = "openai.tool_calls.additional_properties";

	private ToolCallIds() {
	}

	/** An id nobody has. */
	static String random() {
		return encode(ThreadLocalRandom.current().nextLong());
	}

	/** The same id for the same call in each turn, so that prompt caches keep hitting. */
	static String derived(int message, int position, ToolCall call) {
		long hash = 0xcbf29ce484222325L;
		hash = mix(hash, call.id());
		hash = mix(hash, call.name());
		hash = (hash ^ (message * 31L + position)) * 0x100000001b3L;
		return encode(hash ^ (hash >>> 29));
	}

	private static long mix(long hash, @Nullable String text) {
		long mixed = hash;
		if (text != null) {
			for (int i = 0; i < text.length(); i++) {
				mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
			}
		}
		return mixed;
	}

	private static String encode(long number) {
		long rest = number & Long.MAX_VALUE;
		char[] id = new char[LENGTH];
		for (int i = 0; i < LENGTH; i++) {
			id[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
			rest /= ALPHABET.length();
		}
		return new String(id);
	}

	/** Whether every provider accepts an id. */
	static boolean isUniversal(@Nullable String id) {
		return id != null && id.length() == LENGTH && consistsOf(id, false);
	}

	/** Whether a target accepts an id. */
	static boolean isAcceptable(@Nullable String id, Dialect dialect, ModelId target) {
		if (id == null || id.isEmpty()) {
			return false;
		}
		if (dialect == Dialect.OPENAI) {
			return isMistral(target) ? isUniversal(id) : id.length() <= OPENAI_LIMIT;
		}
		return consistsOf(id, true);
	}

	/** Hosts of Mistral's models check ids as Mistral does. */
	private static boolean isMistral(ModelId target) {
		String model = target.model().toLowerCase(Locale.ROOT);
		return target.provider().equals("mistral") || model.contains("mistral") || model.contains("mixtral");
	}

	private static boolean consistsOf(String id, boolean punctuation) {
		for (int i = 0; i < id.length(); i++) {
			char c = id.charAt(i);
			boolean ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
					|| (punctuation && (c == '_' || c == '-'));
			if (!ok) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Gives every call of an answer an id of its own and arguments that are JSON.
	 * @param calls the calls
	 * @param seen the ids of the same answer so far; grows
	 * @param metadata the message's metadata, changed where it goes by the id
	 * @return the calls
	 */
	static List<ToolCall> unique(List<ToolCall> calls, Set<String> seen, Map<String, Object> metadata) {
		List<ToolCall> unique = new ArrayList<>(calls.size());
		for (ToolCall call : calls) {
			String id = call.id();
			if (id == null || id.isBlank() || !seen.add(id)) {
				String renamed = random();
				seen.add(renamed);
				rename(metadata, id, renamed);
				id = renamed;
			}
			String arguments = (call.arguments() == null || call.arguments().isBlank()) ? "{}" : call.arguments();
			unique.add(new ToolCall(id, call.type(), call.name(), arguments));
		}
		return unique;
	}

	private static void rename(Map<String, Object> metadata, @Nullable String id, String renamed) {
		if (metadata.get(PROPERTIES_BY_ID) instanceof Map<?, ?> byId && byId.containsKey(id)) {
			Map<Object, Object> copy = new HashMap<>(byId);
			copy.put(renamed, copy.get(id));
			metadata.put(PROPERTIES_BY_ID, copy);
		}
	}

}
