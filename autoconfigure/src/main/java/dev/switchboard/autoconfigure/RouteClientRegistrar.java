package dev.switchboard.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a client for every configured route, under the route's name, unless the
 * application has a bean of that name.
 */
final class RouteClientRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Logger log = LoggerFactory.getLogger(RouteClientRegistrar.class);

	private final Environment environment;

	RouteClientRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importingClass, BeanDefinitionRegistry registry) {
		Binder binder = Binder.get(this.environment);
		String defaultRoute = binder.bind("switchboard.default-route", String.class).orElse("");
		// Only the names matter here; what stands below them is read, and judged, later.
		Map<String, Object> routes = binder.bind("switchboard.routes", Bindable.mapOf(String.class, Object.class))
			.orElseGet(LinkedHashMap::new);
		routes.keySet()
			.stream()
			.filter(RouteMapper::isName)
			.forEach((name) -> register(name, name.equals(defaultRoute), registry));
	}

	private void register(String name, boolean primary, BeanDefinitionRegistry registry) {
		if (registry.isBeanNameInUse(name)) {
			log.info("Route has no client bean, as its name is taken route={}", name);
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition(ChatClient.class);
		definition.setFactoryBeanName(RouteClientBeans.BEAN_NAME);
		definition.setFactoryMethodName("client");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.setLazyInit(true);
		definition.setPrimary(primary);
		// A client that the application defines itself is the one it means by "the"
		// client.
		definition.setFallback(!primary);
		registry.registerBeanDefinition(name, definition);
		String variable = camelCase(name);
		if (!registry.isBeanNameInUse(variable)) {
			registry.registerAlias(name, variable);
		}
	}

	// A parameter cannot have a dash in its name.
	private static String camelCase(String name) {
		StringBuilder camelCase = new StringBuilder();
		for (int i = 0; i < name.length(); i++) {
			boolean afterDash = i > 0 && name.charAt(i - 1) == '-';
			if (name.charAt(i) != '-') {
				camelCase.append(afterDash ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
			}
		}
		return camelCase.toString();
	}

}
