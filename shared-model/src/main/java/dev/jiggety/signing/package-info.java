/**
 * Who said it: Ed25519 keys of operators and managers, signatures over documents, and which keys
 * are believed for what. Knows nothing of hubs; pure but for {@link dev.jiggety.signing.KeyFile}.
 */
@NullMarked
package dev.jiggety.signing;

import org.jspecify.annotations.NullMarked;
