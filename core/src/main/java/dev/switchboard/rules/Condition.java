package dev.switchboard.rules;

import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.switchboard.call.Caller;
import dev.switchboard.call.RequestFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.ParseException;
import org.springframework.expression.TypedValue;
import org.springframework.expression.spel.ExpressionState;
import org.springframework.expression.spel.SpelEvaluationException;
import org.springframework.expression.spel.SpelMessage;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * One condition, parsed once.
 */
final class Condition {

	private static final Logger log = LoggerFactory.getLogger(Condition.class);

	private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forPropertyAccessors(new RuleWords())
		.withAssignmentDisabled()
		.build();

	private static final RuleRequest SAMPLE = new RuleRequest(new RequestFacts(1, 1, 1, 1000, 1, true),
			new Caller("sample", "sample"), new SampleTags());

	private final SpelExpression expression;

	private final AtomicBoolean warned = new AtomicBoolean();

	private Condition(SpelExpression expression) {
		this.expression = expression;
	}

	/**
	 * Reads a condition.
	 * @param text an expression
	 * @return the condition
	 * @throws ParseException if it is not one
	 */
	static Condition parse(String text) {
		return new Condition(new SpelExpressionParser().parseRaw(text));
	}

	/**
	 * Whether it holds for a request. What cannot be evaluated does not hold.
	 */
	boolean holds(RuleRequest request) {
		try {
			return Boolean.TRUE.equals(this.expression.getValue(CONTEXT, request));
		}
		catch (RuntimeException ex) {
			// 'matches' on a caller without group or a tag that is not there: an answer,
			// no accident.
			if (!hasCode(ex, SpelMessage.INVALID_FIRST_OPERAND_FOR_MATCHES_OPERATOR)) {
				warnOnce(ex);
			}
			return false;
		}
	}

	private void warnOnce(RuntimeException ex) {
		if (this.warned.compareAndSet(false, true)) {
			// The message of the exception may quote a tag, so only its kind is told.
			String reason = (ex instanceof SpelEvaluationException spel) ? spel.getMessageCode().name()
					: ex.getClass().getSimpleName();
			log.warn("A rule's condition cannot be evaluated, so it does not hold: condition=\"{}\" reason={}",
					this.expression.getExpressionString(), reason);
		}
	}

	/**
	 * What is wrong with it, found by evaluating every part of it on a sample request.
	 */
	List<String> problems() {
		Set<String> problems = new LinkedHashSet<>();
		collectProblems(this.expression.getAST(), problems);
		return List.copyOf(problems);
	}

	// The operands of 'and' and 'or' are evaluated each by itself, as a sample request
	// that reaches all of them need not exist.
	private static void collectProblems(SpelNode node, Set<String> problems) {
		if (node instanceof OpAnd || node instanceof OpOr || node instanceof OperatorNot) {
			for (int i = 0; i < node.getChildCount(); i++) {
				collectProblems(node.getChild(i), problems);
			}
			return;
		}
		try {
			Object value = node.getValue(new ExpressionState(CONTEXT, new TypedValue(SAMPLE)));
			if (!(value instanceof Boolean)) {
				problems.add("'" + node.toStringAST() + "' is not a condition: it gives "
						+ ((value != null) ? "a " + value.getClass().getSimpleName() : "nothing")
						+ ", neither true nor false");
			}
		}
		catch (SpelEvaluationException ex) {
			problems.add(describe(ex, node));
		}
		catch (RuntimeException ex) {
			problems.add("'" + node.toStringAST() + "' cannot be evaluated: " + ex.getMessage());
		}
	}

	private static String describe(SpelEvaluationException ex, SpelNode node) {
		Object[] inserts = ex.getInserts();
		if (hasCode(ex, SpelMessage.PROPERTY_OR_FIELD_NOT_READABLE) && inserts != null && inserts.length > 0) {
			return "it says '" + inserts[0] + "', but a rule knows only " + RuleWords.all();
		}
		return "'" + node.toStringAST() + "' cannot be evaluated: " + ex.getMessage();
	}

	private static boolean hasCode(RuntimeException ex, SpelMessage code) {
		return ex instanceof SpelEvaluationException spel && spel.getMessageCode() == code;
	}

	/** Has every tag, so that no condition on tags fails for want of one. */
	private static final class SampleTags extends AbstractMap<String, String> {

		@Override
		public String get(Object key) {
			return "sample";
		}

		@Override
		public boolean containsKey(Object key) {
			return true;
		}

		@Override
		public Set<Map.Entry<String, String>> entrySet() {
			return Set.of(Map.entry("sample", "sample"));
		}

	}

}
