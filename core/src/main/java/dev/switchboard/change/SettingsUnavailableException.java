package dev.switchboard.change;

/**
 * What is set at run time can't be changed at present, as the place where it is kept does
 * not answer.
 */
public final class SettingsUnavailableException extends RuntimeException {

	/**
	 * Nothing can be changed.
	 * @param cause why not
	 */
	public SettingsUnavailableException(Throwable cause) {
		super("Nothing can be changed at present: " + cause.getMessage(), cause);
	}

}
