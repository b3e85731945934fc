package dev.switchboard.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.switchboard.provider.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;

/**
 * Keeps a binding going where a value cannot be read, and remembers it: somebody with
 * three mistakes wants to be told of three.
 */
final class CollectingBindHandler extends AbstractBindHandler {

	private final Class<?> root;

	private final UnaryOperator<String> names;

	private final Problems problems;

	private boolean ours;

	/**
	 * Keeps going what is bound to one type.
	 * @param parent does the work
	 * @param root the type; others are none of its business
	 * @param names what a property is called for those who read of it
	 */
	CollectingBindHandler(BindHandler parent, Class<?> root, UnaryOperator<String> names, Problems problems) {
		super(parent);
		this.root = root;
		this.names = names;
		this.problems = problems;
	}

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		if (context.getDepth() == 0) {
			this.ours = target.getType().resolve() == this.root;
		}
		return super.onStart(name, target, context);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		if (!this.ours || context.getDepth() == 0) {
			return super.onFailure(name, target, context, error);
		}
		ConversionFailedException conversion = conversionFailure(error);
		if (conversion != null && conversion.getTargetType().getType() == Secret.class) {
			add(name, "is no credential: " + conversion.getMostSpecificCause().getMessage(), "correct it");
		}
		else if (conversion != null) {
			Class<?> type = conversion.getTargetType().getType();
			add(name, "has the value '" + conversion.getValue() + "', which is " + not(type), change(type));
		}
		else if (error instanceof ConverterNotFoundException) {
			add(name, "has a single value, but has properties of its own",
					"write it as a map, or a list where it is one");
		}
		else {
			add(name, "cannot be read: " + error.getMessage(), "correct its value");
		}
		return null;
	}

	private void add(ConfigurationPropertyName name, String found, String action) {
		// YAML reads the bare key 'on' as true; nobody wrote that.
		String property = name.toString().replace("[true]", ".on");
		this.problems.add(this.names.apply(property), found, action);
	}

	private String not(Class<?> type) {
		return (type.isEnum()) ? "none of " + values(type) : "not a " + type.getSimpleName();
	}

	private String change(Class<?> type) {
		if (type.isEnum()) {
			return "use one of these";
		}
		return switch (type.getSimpleName()) {
			case "Duration" -> "write a number with its unit, such as '500ms', '10s' or '2m'";
			case "DataSize" -> "write a number with its unit, such as '64MB'";
			case "boolean", "Boolean" -> "write 'true' or 'false'";
			case "int", "Integer", "BigDecimal" -> "write a number";
			default -> "correct its value";
		};
	}

	private String values(Class<?> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", ", "[", "]"));
	}

	private static @Nullable ConversionFailedException conversionFailure(Throwable error) {
		ConversionFailedException innermost = null;
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			innermost = (cause instanceof ConversionFailedException conversion) ? conversion : innermost;
		}
		return innermost;
	}

}
