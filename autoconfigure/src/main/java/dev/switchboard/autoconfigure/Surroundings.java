package dev.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * What an application has, beside its properties, that makes a provider.
 *
 * @param chatModels the names of its ChatModel beans
 * @param variables gives the value of an environment variable, or {@code null}
 * @param simulator where simulated providers are; {@code null} if there are none
 */
record Surroundings(Set<String> chatModels, Function<String, @Nullable String> variables,
		@Nullable SimulatedAddresses simulator) {

	/**
	 * Looks around in an application. No model is created: its name will do, and creating
	 * it may need a key.
	 */
	static Surroundings of(ListableBeanFactory beans, Environment environment) {
		String[] chatModels = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, ChatModel.class, true, false);
		return new Surroundings(new LinkedHashSet<>(Arrays.asList(chatModels)), environment::getProperty,
				beans.getBeanProvider(SimulatedAddresses.class).getIfAvailable());
	}

}
