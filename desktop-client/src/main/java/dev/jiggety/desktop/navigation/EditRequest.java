package dev.jiggety.desktop.navigation;

import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.model.TestDefinition;

/** What the editor is opened for. */
public sealed interface EditRequest {
  /** A new test. */
  record Create() implements EditRequest {}

  /** A test that is there, as the person looked at it. */
  record Edit(Stored<TestDefinition> stored) implements EditRequest {}

  /** A new test that begins as a copy. */
  record Duplicate(TestDefinition original) implements EditRequest {}

  /** A change of a test that lies in the basket, to go on with it. */
  record Continue(BasketEntry entry) implements EditRequest {}

  /** The edit of a test: of what lies in the basket, where something does. */
  static EditRequest of(Stored<TestDefinition> stored, Basket basket) {
    return basket
        .find(Ids.test(stored.value().id()))
        .filter(entry -> entry.wantedTest().isPresent())
        .<EditRequest>map(Continue::new)
        .orElseGet(() -> new Edit(stored));
  }
}
