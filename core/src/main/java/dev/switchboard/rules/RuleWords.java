package dev.switchboard.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.switchboard.call.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.AccessException;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.PropertyAccessor;
import org.springframework.expression.TypedValue;

/**
 * The words of a condition. Nothing else can be reached from an expression: no class, no
 * method, no bean.
 */
final class RuleWords implements PropertyAccessor {

	private static final Map<String, Function<RuleRequest, Object>> REQUEST = requestWords();

	private static final Map<String, Function<Caller, @Nullable Object>> CALLER = Map.of("name", Caller::name, "group",
			Caller::group);

	/**
	 * The words that can stand at the beginning.
	 * @return the words, in the order in which they are explained
	 */
	static List<String> all() {
		List<String> words = new ArrayList<>(REQUEST.keySet());
		words.replaceAll((word) -> "caller".equals(word) ? "caller.name, caller.group" : word);
		words.replaceAll((word) -> "tags".equals(word) ? "tags['…']" : word);
		return words;
	}

	private static Map<String, Function<RuleRequest, Object>> requestWords() {
		Map<String, Function<RuleRequest, Object>> words = new LinkedHashMap<>();
		words.put("images", (request) -> request.facts().images());
		words.put("audio", (request) -> request.facts().audio());
		words.put("files", (request) -> request.facts().files());
		words.put("inputTokens", (request) -> request.facts().inputTokens());
		words.put("tools", (request) -> request.facts().tools());
		words.put("outputSchema", (request) -> request.facts().outputSchema());
		words.put("tags", RuleRequest::tags);
		words.put("caller", RuleRequest::caller);
		return words;
	}

	@Override
	public Class<?>[] getSpecificTargetClasses() {
		return new Class<?>[] { RuleRequest.class, Caller.class, Map.class };
	}

	@Override
	public boolean canRead(EvaluationContext context, @Nullable Object target, String name) {
		if (target instanceof RuleRequest) {
			return REQUEST.containsKey(name);
		}
		return (target instanceof Caller) ? CALLER.containsKey(name) : target instanceof Map;
	}

	@Override
	public TypedValue read(EvaluationContext context, @Nullable Object target, String name) throws AccessException {
		if (target instanceof RuleRequest request && REQUEST.get(name) != null) {
			return new TypedValue(REQUEST.get(name).apply(request));
		}
		if (target instanceof Caller caller && CALLER.get(name) != null) {
			return new TypedValue(CALLER.get(name).apply(caller));
		}
		if (target instanceof Map<?, ?> tags) {
			return new TypedValue(tags.get(name));
		}
		throw new AccessException("There is no '" + name + "' here");
	}

	@Override
	public boolean canWrite(EvaluationContext context, @Nullable Object target, String name) {
		return false;
	}

	@Override
	public void write(EvaluationContext context, @Nullable Object target, String name, @Nullable Object value)
			throws AccessException {
		throw new AccessException("A rule changes nothing");
	}

}
