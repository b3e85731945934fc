package dev.switchboard.simulator.wire;

/**
 * What can be asked of a provider.
 */
public enum Endpoint {

	/** A chat answer, on any wire. */
	CHAT,

	/** Embeddings. */
	EMBEDDINGS,

	/** How many tokens a request has. */
	COUNT_TOKENS,

	/** The list of models. */
	MODELS,

	/** One model. */
	MODEL,

	/** Nothing known. */
	UNKNOWN

}
