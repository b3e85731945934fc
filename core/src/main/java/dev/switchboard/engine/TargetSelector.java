package dev.switchboard.engine;

import java.util.ArrayList;
import java.util.List;

import dev.switchboard.call.RequestFacts;
import dev.switchboard.call.SkippedTarget;
import dev.switchboard.cost.ModelCard;
import dev.switchboard.cost.ModelCatalog;
import dev.switchboard.cost.ModelId;
import dev.switchboard.relay.PromptView;
import dev.switchboard.relay.RelayPrompt;
import dev.switchboard.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * Puts the targets of a route into the order in which one call tries them, and passes
 * over those that can't answer it.
 */
final class TargetSelector {

	private final ModelCatalog catalog;

	TargetSelector(ModelCatalog catalog) {
		this.catalog = catalog;
	}

	List<Target> select(CallInProgress call) {
		List<Target> targets = call.route().targets();
		if (call.policy().firstTargetOnly()) {
			return targets.subList(0, 1);
		}
		if (targets.size() == 1) {
			return targets;
		}
		return ableOf(call, startingWith(PromptView.startedBy(call.prompt()), targets));
	}

	/**
	 * Those of the candidates from which more can be expected than from a model whose
	 * window was too small.
	 */
	List<Target> largerThan(ModelId tooSmall, List<Target> candidates, CallInProgress call) {
		Integer window = windowOf(tooSmall);
		if (window == null) {
			return candidates;
		}
		List<Target> larger = new ArrayList<>();
		for (Target candidate : candidates) {
			Integer other = windowOf(candidate.model());
			if (other != null && other <= window) {
				call.skipped(skip(candidate, SkippedTarget.Reason.WINDOW_TOO_SMALL));
			}
			else {
				larger.add(candidate);
			}
		}
		return larger;
	}

	/**
	 * Whether a target can be asked at all; notes it as skipped if not.
	 */
	boolean canBeAsked(Target target, CallInProgress call) {
		if (call.prompt() instanceof RelayPrompt relayed && !relayed.request().relays(target)
				&& !relayed.request().isTranslatable()) {
			call.skipped(skip(target, SkippedTarget.Reason.CAPABILITY_MISSING));
			return false;
		}
		return true;
	}

	boolean acceptsPrefill(ModelId model) {
		ModelCard card = this.catalog.find(model);
		return card != null && card.prefill();
	}

	private List<Target> ableOf(CallInProgress call, List<Target> targets) {
		List<Target> able = new ArrayList<>(targets.size());
		Target widest = null;
		for (Target target : targets) {
			SkippedTarget.Reason reason = reasonToSkip(target, call);
			if (reason == null) {
				able.add(target);
			}
			else {
				call.skipped(skip(target, reason));
				if (reason == SkippedTarget.Reason.WINDOW_TOO_SMALL && isWider(target, widest)) {
					widest = target;
				}
			}
		}
		// The size of a request is an estimate; it alone must not end a call.
		return (able.isEmpty() && widest != null) ? List.of(widest) : able;
	}

	private SkippedTarget.@Nullable Reason reasonToSkip(Target target, CallInProgress call) {
		ModelCard card = this.catalog.find(target.model());
		if (card == null) {
			return null;
		}
		RequestFacts facts = call.facts();
		if (!card.input().containsAll(facts.modalities()) || (facts.tools() > 0 && !card.tools())) {
			return SkippedTarget.Reason.CAPABILITY_MISSING;
		}
		Integer window = card.contextWindow();
		return (window != null && facts.inputTokens() > window) ? SkippedTarget.Reason.WINDOW_TOO_SMALL : null;
	}

	private boolean isWider(Target target, @Nullable Target other) {
		Integer window = windowOf(target.model());
		Integer otherWindow = (other != null) ? windowOf(other.model()) : null;
		return otherWindow == null || (window != null && window > otherWindow);
	}

	private @Nullable Integer windowOf(ModelId model) {
		ModelCard card = this.catalog.find(model);
		return (card != null) ? card.contextWindow() : null;
	}

	private static List<Target> startingWith(@Nullable ModelId first, List<Target> targets) {
		if (first == null || targets.get(0).model().equals(first)) {
			return targets;
		}
		List<Target> ordered = new ArrayList<>(targets.size());
		targets.stream().filter((target) -> target.model().equals(first)).forEach(ordered::add);
		targets.stream().filter((target) -> !target.model().equals(first)).forEach(ordered::add);
		return ordered;
	}

	private static SkippedTarget skip(Target target, SkippedTarget.Reason reason) {
		return new SkippedTarget(target.model(), reason, null);
	}

}
