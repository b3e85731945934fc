package dev.switchboard.cost;

/**
 * A kind of content that a model may accept, or answer with.
 */
public enum Modality {

	/** Plain text. */
	TEXT,

	/** Still pictures. */
	IMAGE,

	/** Sound. */
	AUDIO,

	/** Moving pictures. */
	VIDEO,

	/** Documents, such as PDF. */
	FILE

}
