/**
 * Who is told of what, and when: maintenance windows, policies, channels and the settings of the
 * installation. Each is a document that is edited like a test, as a change in the basket; a form
 * writes only the members that it knows, so that nothing else is lost.
 */
@NullMarked
package dev.jiggety.desktop.view.alerting;

import org.jspecify.annotations.NullMarked;
