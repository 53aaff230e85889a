/**
 * One class of ours in LightCouch's own package: what {@link org.lightcouch.CouchDbClientBase}
 * leaves to a subclass can be seen only from here. Everything else stands in {@code
 * dev.jiggety.couch}.
 */
@NullMarked
package org.lightcouch;

import org.jspecify.annotations.NullMarked;
