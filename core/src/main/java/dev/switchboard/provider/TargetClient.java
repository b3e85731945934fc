package dev.switchboard.provider;

import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;

/**
 * A target, ready to be called.
 *
 * @param target what is called
 * @param wire the dialect it is called in; {@code null} for a model that was handed in
 * @param model the model; its options name the target's model and carry the target's
 * options. Cancelling a stream of it aborts the provider's request at any time. No retry
 * happens inside it, and no time limit but that on making a connection
 * @param cancellable whether a thread inside {@code model.call} comes back at once when
 * its {@link AttemptScope} is cancelled; if not, such a call has to run on a thread that
 * nobody waits for
 * @param endpoint the provider's own interface below its library; {@code null} for a
 * model that was handed in
 */
public record TargetClient(Target target, @Nullable Wire wire, ChatModel model, boolean cancellable,
		@Nullable ProviderEndpoint endpoint) {
}
