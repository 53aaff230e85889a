package dev.jiggety.agent.browser;

import java.util.Set;
import org.junit.jupiter.api.Nested;

/** All that an engine keeps; its test says which engine it is. */
abstract class EngineContract {
  /** The engine. */
  abstract BrowserEngine tested();

  /** What it cannot do. */
  abstract Set<BrowserContract.Ability> unable();

  @Nested
  class Navigation extends NavigationContract {
    @Override
    BrowserEngine engine() {
      return tested();
    }

    @Override
    Set<Ability> lacking() {
      return unable();
    }
  }

  @Nested
  class Forms extends FormContract {
    @Override
    BrowserEngine engine() {
      return tested();
    }

    @Override
    Set<Ability> lacking() {
      return unable();
    }
  }

  @Nested
  class Faults extends FaultContract {
    @Override
    BrowserEngine engine() {
      return tested();
    }

    @Override
    Set<Ability> lacking() {
      return unable();
    }
  }

  @Nested
  class Loads extends LoadContract {
    @Override
    BrowserEngine engine() {
      return tested();
    }

    @Override
    Set<Ability> lacking() {
      return unable();
    }
  }
}
