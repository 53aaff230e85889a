package dev.jiggety.agent.browser;

import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import java.util.List;
import java.util.ServiceLoader;

/** The engines that are there. Found when the first one is asked for, since they are heavy. */
public final class Engines {
  private static final class Found {
    private static final List<BrowserEngine> ALL =
        ServiceLoader.load(BrowserEngine.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  private Engines() {}

  /** All of them, usable on this node or not. */
  public static List<BrowserEngine> all() {
    return Found.ALL;
  }

  /**
   * The one that a test wants.
   *
   * @throws BrowserException of kind internal, with the remedy, when this node has none such
   */
  public static BrowserEngine usable(List<BrowserEngine> engines, Engine wanted) {
    for (BrowserEngine engine : engines) {
      if (engine.engine() == wanted) {
        engine
            .missing()
            .ifPresent(text -> {
              throw internal(text);
            });
        return engine;
      }
    }
    throw internal("this program has no engine " + wanted.label() + "; name another one");
  }

  private static BrowserException internal(String text) {
    return new BrowserException(new Failure(ErrorKind.INTERNAL, null, text));
  }
}
