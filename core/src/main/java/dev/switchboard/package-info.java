/**
 * What an application imports to use its routes: the qualifier and the lookup. Imports
 * Spring, Spring AI and {@code route}.
 */
@NullMarked
package dev.switchboard;

import org.jspecify.annotations.NullMarked;
