/**
 * The models that are known without being configured. Imports the JDK, Jackson and
 * {@code cost}.
 */
@NullMarked
package dev.switchboard.catalog;

import org.jspecify.annotations.NullMarked;
