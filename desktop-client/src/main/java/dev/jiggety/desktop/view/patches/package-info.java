/**
 * Changes on their way: the basket with what waits, field by field; submitting it; and what becomes
 * of patches, live, with all that an operator can do about them.
 */
@NullMarked
package dev.jiggety.desktop.view.patches;

import org.jspecify.annotations.NullMarked;
