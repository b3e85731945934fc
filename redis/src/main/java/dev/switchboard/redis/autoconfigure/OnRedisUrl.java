package dev.switchboard.redis.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether it is said which Redis to use. An empty text, as an unset environment variable
 * leaves it, says nothing.
 */
final class OnRedisUrl extends SpringBootCondition {

	private static final String PROPERTY = "switchboard.redis.url";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Redis");
		return StringUtils.hasText(context.getEnvironment().getProperty(PROPERTY))
				? ConditionOutcome.match(message.foundExactly("property " + PROPERTY))
				: ConditionOutcome.noMatch(message.didNotFind("property").items(PROPERTY));
	}

}
