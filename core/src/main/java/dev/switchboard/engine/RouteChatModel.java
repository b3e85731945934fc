package dev.switchboard.engine;

import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.route.RouteName;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A route as a Spring AI model. It belongs below the tool-calling advisor: each turn of a
 * tool loop is a call of its own, so that no fallback ever runs a tool again.
 */
public final class RouteChatModel implements ChatModel {

	private final RequestedRoute route;

	private final RouteExecutor executor;

	RouteChatModel(RequestedRoute route, RouteExecutor executor) {
		this.route = route;
		this.executor = executor;
	}

	/**
	 * The route behind this model.
	 * @return its name
	 */
	public RouteName route() {
		return this.route.name();
	}

	/**
	 * Answers a prompt.
	 * @param prompt the prompt; must have a message
	 * @return the answer, with the {@link dev.switchboard.call.CallRecord} of the call in
	 * its metadata
	 * @throws dev.switchboard.call.RouteCallException if there is no answer
	 * @throws dev.switchboard.route.UnknownRouteException if the route is gone
	 */
	@Override
	public ChatResponse call(Prompt prompt) {
		return this.executor.call(this.route, prompt);
	}

	/**
	 * Answers a prompt in chunks; each subscription is a call of its own.
	 * @param prompt the prompt; must have a message
	 * @return the chunks; the last one ends the answer and carries the usage and the
	 * {@link dev.switchboard.call.CallRecord}. A
	 * {@link dev.switchboard.call.RouteCallException} ends it if there is no answer, or
	 * not the whole of it
	 */
	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return this.executor.stream(this.route, prompt);
	}

	@Override
	public ChatOptions getOptions() {
		return RouteChatOptions.empty();
	}

	@Override
	public String toString() {
		return "RouteChatModel[" + this.route + "]";
	}

}
