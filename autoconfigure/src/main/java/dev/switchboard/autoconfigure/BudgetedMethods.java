package dev.switchboard.autoconfigure;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import dev.switchboard.SwitchboardBudget;
import dev.switchboard.budget.BudgetScope;
import dev.switchboard.cost.Money;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringValueResolver;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts invocations of methods with {@link SwitchboardBudget} into a scope of their own.
 */
final class BudgetedMethods extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private final Map<Method, Money> limits = new ConcurrentHashMap<>();

	private @Nullable StringValueResolver placeholders;

	BudgetedMethods(boolean proxyTargetClass) {
		setProxyTargetClass(proxyTargetClass);
		setBeforeExistingAdvisors(true);
		this.advisor = new DefaultPointcutAdvisor(new AnnotationMatchingPointcut(null, SwitchboardBudget.class, true),
				(MethodInterceptor) this::invoke);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory(beanFactory);
		if (beanFactory instanceof ConfigurableBeanFactory configurable) {
			this.placeholders = new EmbeddedValueResolver(configurable);
		}
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (isEligible(bean, beanName)) {
			// A mistake is told when the application starts, and not by the first call.
			MethodIntrospector.selectMethods(AopUtils.getTargetClass(bean), this::limitIfAny);
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	@SuppressWarnings("NullAway") // takes a type variable that may be null for one that
									// may not
	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Method method = (target != null)
				? AopUtils.getMostSpecificMethod(invocation.getMethod(), AopUtils.getTargetClass(target))
				: invocation.getMethod();
		BudgetScope scope = BudgetScope.of(name(method), Objects.requireNonNull(limitIfAny(method)));
		Object result = scope.<@Nullable Object, Throwable>call(invocation::proceed);
		if (result instanceof Flux<?> flux) {
			return scope.around(flux);
		}
		return (result instanceof Mono<?> mono) ? scope.around(mono) : result;
	}

	private @Nullable Money limitIfAny(Method method) {
		Money known = this.limits.get(method);
		if (known != null) {
			return known;
		}
		SwitchboardBudget budget = AnnotatedElementUtils.findMergedAnnotation(method, SwitchboardBudget.class);
		return (budget != null) ? this.limits.computeIfAbsent(method, (key) -> limit(key, budget.value())) : null;
	}

	private Money limit(Method method, String text) {
		String usd = (this.placeholders != null) ? this.placeholders.resolveStringValue(text) : text;
		try {
			Money limit = Money.ofUsd(String.valueOf(usd).strip());
			if (limit.compareTo(Money.ZERO) > 0) {
				return limit;
			}
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			// Told below.
		}
		throw new IllegalArgumentException("@SwitchboardBudget(\"" + text + "\") of " + name(method)
				+ " must be an amount of US dollars, such as \"0.20\", but is '" + usd + "'");
	}

	private static String name(Method method) {
		return method.getDeclaringClass().getSimpleName() + "." + method.getName();
	}

}
