package dev.switchboard.budget;

import java.util.List;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation carry {@linkplain BudgetScope scopes} from thread
 * to thread and into Reactor's context. It finds this class by itself.
 */
public final class BudgetScopeAccessor implements ThreadLocalAccessor<List<BudgetScope>> {

	@Override
	public Object key() {
		return BudgetScope.KEY;
	}

	@Override
	public @Nullable List<BudgetScope> getValue() {
		List<BudgetScope> scopes = BudgetScope.current();
		return scopes.isEmpty() ? null : scopes;
	}

	@Override
	public void setValue(List<BudgetScope> scopes) {
		BudgetScope.set(scopes);
	}

	@Override
	public void setValue() {
		BudgetScope.set(null);
	}

}
