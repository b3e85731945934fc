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
 * The answers that are kept, bounded by the bytes that they take, and which of them
 * serves a request by its age.
 */
final class AnswerMemory {

	private final Cache<CacheKey, StoredAnswer> answers;

	private final Ticker ticker;

	AnswerMemory(long maximumBytes, Ticker ticker) {
		this.ticker = ticker;
		this.answers = Caffeine.newBuilder()
			.maximumWeight(maximumBytes)
			.weigher((CacheKey key, StoredAnswer stored) -> stored.weight())
			.expireAfter(Expiry.<CacheKey, StoredAnswer>writing((key, stored) -> Duration.ofNanos(stored.lifetime())))
			.ticker(ticker)
			// What there is to tidy up takes microseconds: not worth a thread.
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Finds an answer for a request.
	 * @param request the request
	 * @param refreshes whether an answer may be given after its time, as it will be
	 * refreshed
	 * @return the answer; {@code null} if there is none, or none that is young enough
	 */
	@Nullable Remembered find(CacheRequest request, boolean refreshes) {
		StoredAnswer stored = this.answers.getIfPresent(request.key());
		if (stored == null) {
			return null;
		}
		CacheControl control = request.control();
		CacheSettings settings = request.settings();
		long age = ageOf(stored);
		if (control.maxAge() != null && age > Nanos.of(control.maxAge())) {
			return null;
		}
		if (age < Nanos.of(settings.ttl())) {
			return new Remembered(stored.answer(), CacheOutcome.HIT);
		}
		long limit = Nanos.sum(Nanos.of(settings.ttl()), Nanos.of(settings.staleWhileRevalidate()));
		return (refreshes && !control.noStore() && age < limit) ? new Remembered(stored.answer(), CacheOutcome.STALE)
				: null;
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
		long age = ageOf(stored);
		return (age < limit && (maxAge == null || age <= Nanos.of(maxAge)))
				? new Remembered(stored.answer(), CacheOutcome.STALE) : null;
	}

	private long ageOf(StoredAnswer stored) {
		return this.ticker.read() - stored.storedAt();
	}

	void keep(CacheRequest request, @Nullable ChatResponse answer) {
		if (answer != null && !request.control().noStore() && Keeping.worthKeeping(answer)) {
			this.answers.put(request.key(), StoredAnswer.of(answer, this.ticker.read(), request.settings()));
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
	}

	void clear() {
		this.answers.invalidateAll();
	}

}
