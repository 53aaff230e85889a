package dev.jiggety.agent.node;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that holds everything a node keeps. */
final class DataFolder {
  private DataFolder() {}

  /**
   * Takes a folder for one node.
   *
   * @throws NodeStartException with one line, when it cannot be written or is another node's
   */
  static Databases open(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "write", ".test"));
    } catch (IOException | SecurityException e) {
      throw new NodeStartException(
          "cannot write to the data folder "
              + folder
              + " ("
              + e.getClass().getSimpleName()
              + "); choose another one or mend its rights",
          e);
    }
    try {
      return Databases.open(folder.resolve("databases"), Databases.Options.defaults());
    } catch (StoreException e) {
      throw new NodeStartException(
          e.kind() == StoreException.Kind.LOCKED
              ? "a node runs already with the data folder "
                  + folder
                  + ": it is used by another node; stop that one, or choose another folder"
              : "cannot use the data folder " + folder + ": " + e.getMessage(),
          e);
    }
  }
}
