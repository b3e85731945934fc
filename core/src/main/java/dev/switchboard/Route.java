package dev.switchboard;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Injects the {@code ChatClient} of one route: {@code @Route("cheap-fast") ChatClient
 * client}. The same as {@link Qualifier} with the name of the route, and says more. It
 * may stand on an annotation of the application's own, which then means that route.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Qualifier
public @interface Route {

	/**
	 * The name of the route.
	 * @return the name, as configured under {@code switchboard.routes}
	 */
	String value();

}
