package dev.switchboard.provider;

import dev.switchboard.route.Target;
import org.springframework.ai.chat.model.ChatModel;

/**
 * The models of one provider, over one shared client of it.
 */
interface ProviderClients extends AutoCloseable {

	/**
	 * A model that calls a target.
	 * @param target one of this provider's
	 * @return the model
	 * @throws InvalidTargetOptionException if the target has an option that the wire
	 * doesn't know, or a value that doesn't fit
	 */
	ChatModel model(Target target);

	/**
	 * The provider's own interface, below its library.
	 * @return the endpoint, over the same connections
	 */
	ProviderEndpoint endpoint();

	/** Ends every request in flight, and releases connections and threads. */
	@Override
	void close();

}
