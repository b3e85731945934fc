package dev.switchboard.autoconfigure;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.util.StringUtils;

/**
 * The names that properties may have, read from the records that hold them.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	/**
	 * The names of the properties of a record.
	 * @param type the record
	 * @return the type of each property, by its name in kebab case, in order
	 */
	static Map<String, Type> of(Class<?> type) {
		Map<String, Type> names = new LinkedHashMap<>();
		RecordComponent[] components = type.getRecordComponents();
		Parameter[] parameters = type.getDeclaredConstructors()[0].getParameters();
		for (int i = 0; i < components.length; i++) {
			// The annotation is one for parameters, and is not found on the component.
			Name name = parameters[i].getAnnotation(Name.class);
			names.put((name != null) ? name.value() : dashed(components[i].getName()), components[i].getGenericType());
		}
		return names;
	}

	static String dashed(String name) {
		return DataObjectPropertyName.toDashedForm(name);
	}

	/**
	 * The part of a name that no property has.
	 * @param root the record at the root
	 * @param prefix the name of the root
	 * @param name the name to look for, below the root
	 * @return the first element that is unknown, {@code null} if the name is known
	 */
	static @Nullable Unknown unknownPart(Class<?> root, ConfigurationPropertyName prefix,
			ConfigurationPropertyName name) {
		Type type = root;
		for (int i = prefix.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			Class<?> raw = raw(type);
			if (raw.isRecord()) {
				Map<String, Type> known = of(raw);
				String element = name.getElement(i, Form.UNIFORM);
				Type found = null;
				for (Map.Entry<String, Type> entry : known.entrySet()) {
					found = uniform(entry.getKey()).equals(element) ? entry.getValue() : found;
				}
				if (found == null) {
					String original = name.getElement(i, Form.ORIGINAL);
					return new Unknown(name.chop(i + 1).toString(), nearest(original, known.keySet()), known.keySet());
				}
				type = found;
			}
			else if (Map.class.isAssignableFrom(raw) || Collection.class.isAssignableFrom(raw)) {
				Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
				type = arguments[arguments.length - 1];
			}
			else {
				// Below a value of an open type any name will do.
				return null;
			}
		}
		return null;
	}

	/**
	 * What somebody may have meant.
	 * @param written what he wrote
	 * @param known what he could have written
	 * @return the word that is most like it; {@code null} if none is
	 */
	static @Nullable String nearest(String written, Collection<String> known) {
		String nearest = null;
		int least = Math.max(1, written.length() / 3) + 1;
		for (String word : known) {
			int distance = distance(written.toLowerCase(Locale.ROOT), word);
			if (distance < least) {
				least = distance;
				nearest = word;
			}
		}
		return nearest;
	}

	private static Class<?> raw(Type type) {
		return (Class<?>) ((type instanceof ParameterizedType parameterized) ? parameterized.getRawType() : type);
	}

	private static String uniform(String name) {
		return StringUtils.delete(name, "-");
	}

	private static int distance(String one, String other) {
		int[] previous = new int[other.length() + 1];
		Arrays.setAll(previous, (i) -> i);
		for (int i = 1; i <= one.length(); i++) {
			int[] current = new int[other.length() + 1];
			current[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = previous[j - 1] + ((one.charAt(i - 1) != other.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[other.length()];
	}

	/**
	 * A name that no property has.
	 *
	 * @param name the name, up to and with its first unknown element
	 * @param nearest the known element that is most like it; {@code null} if none is
	 * @param known the elements that could stand there
	 */
	record Unknown(String name, @Nullable String nearest, Collection<String> known) {

	}

}
