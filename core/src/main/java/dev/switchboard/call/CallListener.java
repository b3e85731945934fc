package dev.switchboard.call;

/**
 * Hears of every call once it has ended, on the thread that ended it. It must return
 * soon; what it throws is logged and goes no further.
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call has ended.
	 * @param call what it left behind
	 */
	void ended(CallRecord call);

}
