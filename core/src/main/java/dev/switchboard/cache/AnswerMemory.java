package dev.switchboard.cache;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CacheOutcome;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.RouteName;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;

/**
 * The answers that are kept, and which of them serves a request by its age: in this
 * process, bounded by the bytes that they take, and beyond it if there is a second level.
 */
final class AnswerMemory {

	private final Cache<CacheKey, StoredAnswer> answers;

	private final Ticker ticker;

	private final @Nullable SecondLevel beyond;

	// An answer may be given after its time only if somebody refreshes it.
	private final boolean refreshes;

	AnswerMemory(long maximumBytes, Ticker ticker, @Nullable SecondLevel beyond, boolean refreshes) {
		this.ticker = ticker;
		this.beyond = beyond;
		this.refreshes = refreshes;
		this.answers = Caffeine.newBuilder()
			.maximumWeight(maximumBytes)
			.weigher((CacheKey key, StoredAnswer stored) -> stored.weight())
			.expireAfter(Expiry.<CacheKey, StoredAnswer>writing((key, stored) -> stored.left(ticker.read())))
			.ticker(ticker)
			// What there is to tidy up takes microseconds: not worth a thread.
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Finds an answer for a request in this process.
	 * @param request the request
	 * @return the answer; {@code null} if there is none, or none that is young enough
	 */
	@Nullable Remembered find(CacheRequest request) {
		StoredAnswer stored = this.answers.getIfPresent(request.key());
		return (stored != null) ? serving(stored, request) : null;
	}

	/**
	 * Makes of an answer what a request is given.
	 * @param stored the answer
	 * @param request the request
	 * @return the answer; {@code null} if it is not young enough
	 */
	@Nullable Remembered serving(StoredAnswer stored, CacheRequest request) {
		CacheControl control = request.control();
		CacheSettings settings = request.settings();
		long age = stored.age(this.ticker.read());
		if (control.maxAge() != null && age > Nanos.of(control.maxAge())) {
			return null;
		}
		if (age < Nanos.of(settings.ttl())) {
			return new Remembered(stored.answer(), CacheOutcome.HIT);
		}
		long limit = Nanos.sum(Nanos.of(settings.ttl()), Nanos.of(settings.staleWhileRevalidate()));
		return (this.refreshes && !control.noStore() && age < limit)
				? new Remembered(stored.answer(), CacheOutcome.STALE) : null;
	}

	/**
	 * An answer after its time that makes a failure good.
	 * @param failure why there is no fresh one
	 * @param request the request
	 * @return the answer; {@code null} if there is none that may stand in
	 */
	@Nullable Remembered insteadOf(Throwable failure, CacheRequest request) {
		CacheSettings settings = request.settings();
		if (settings.staleIfError().isZero() || !request.outage().test(failure)) {
			return null;
		}
		StoredAnswer stored = this.answers.getIfPresent(request.key());
		if (stored == null) {
			return null;
		}
		long limit = Nanos.sum(Nanos.of(settings.ttl()), Nanos.of(settings.staleIfError()));
		Duration maxAge = request.control().maxAge();
		long age = stored.age(this.ticker.read());
		return (age < limit && (maxAge == null || age <= Nanos.of(maxAge)))
				? new Remembered(stored.answer(), CacheOutcome.STALE) : null;
	}

	/** Whether there is a second level. */
	boolean reachesBeyond() {
		return this.beyond != null;
	}

	/**
	 * Looks for an answer in the second level, which may take a while.
	 * @param request the request
	 * @return the answer, which is of use to some request but maybe not to this one;
	 * {@code null} if there is none
	 */
	@Nullable StoredAnswer beyond(CacheRequest request) {
		SecondLevel.Found found = (this.beyond != null) ? this.beyond.find(request.key(), request.patience()) : null;
		if (found == null || !Keeping.worthKeeping(found.answer())) {
			return null;
		}
		long now = this.ticker.read();
		StoredAnswer stored = StoredAnswer.of(found.answer(), now - Nanos.of(found.age()), request.settings());
		return stored.left(now).isZero() ? null : stored;
	}

	/** Keeps what was found in the second level. */
	void fill(CacheKey key, StoredAnswer stored) {
		this.answers.asMap().merge(key, stored, StoredAnswer::younger);
	}

	void keep(CacheRequest request, @Nullable ChatResponse answer) {
		if (answer == null || request.control().noStore() || !Keeping.worthKeeping(answer)) {
			return;
		}
		StoredAnswer stored = StoredAnswer.of(answer, this.ticker.read(), request.settings());
		this.answers.put(request.key(), stored);
		if (this.beyond != null) {
			this.beyond.keep(request.key(), answer, Duration.ofNanos(stored.lifetime()));
		}
	}

	long entries() {
		this.answers.cleanUp();
		return this.answers.estimatedSize();
	}

	long bytes() {
		this.answers.cleanUp();
		return this.answers.policy().eviction().map((eviction) -> eviction.weightedSize().orElse(0)).orElse(0L);
	}

	void clear(RouteName route) {
		this.answers.asMap().keySet().removeIf((key) -> key.route().equals(route));
		if (this.beyond != null) {
			this.beyond.clear(route);
		}
	}

	void clear() {
		this.answers.invalidateAll();
		if (this.beyond != null) {
			this.beyond.clear();
		}
	}

}
