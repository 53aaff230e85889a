package dev.jiggety.agent.hub;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.document.AccessEvents;
import dev.jiggety.model.AccessEvent;
import dev.jiggety.model.AccessEvent.Kind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Who was kept out, and who changed accounts, rights and rules: a line of JSON each in {@value
 * #FILE} in the hub's folder, on the disk before the next begins, and the last ones in memory. When
 * the file is large it becomes {@value #OLDER}, in the place of the one before. Thread-safe; a disk
 * that does not take a line never keeps a request from being answered.
 */
final class AccessLog {
  /** The file that is written. */
  static final String FILE = "access.jsonl";

  /** The file that is full. */
  static final String OLDER = "access.1.jsonl";

  /** How many the hub shows to everybody who reads its report. */
  static final int SHOWN = 30;

  private static final long LARGEST = 4_000_000;
  private static final int LONGEST = 300;
  private static final System.Logger LOG = System.getLogger(AccessLog.class.getName());

  private final Path folder;
  private final InstantSource clock;
  private final long largest;
  private final Deque<AccessEvent> last = new ArrayDeque<>();
  private boolean isFirst = true;
  private boolean isBroken;

  AccessLog(Path folder, InstantSource clock) {
    this(folder, clock, LARGEST);
  }

  /** The same with another size at which a new file is begun, in bytes. */
  AccessLog(Path folder, InstantSource clock, long largest) {
    this.folder = folder;
    this.clock = clock;
    this.largest = largest;
    AccessRecord.read(folder).forEach(this::keep);
  }

  /** Records what a user did. */
  void add(Kind kind, UserContext user, String what) {
    var name = user.name();
    add(kind, name == null ? "" : name, user.from(), what);
  }

  /** Records what happened, of an account that there is, or of the empty name. */
  synchronized void add(Kind kind, String who, String from, String what) {
    var text = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
    var event = new AccessEvent(clock.instant(), kind, who, from, text);
    keep(event);
    try {
      write(AccessEvents.write(event) + "\n");
      isBroken = false;
    } catch (IOException e) {
      if (!isBroken) {
        LOG.log(Level.WARNING, "{0} cannot be written: {1}", folder.resolve(FILE), e.toString());
      }
      isBroken = true;
    }
  }

  /** The last ones, the newest last. */
  synchronized List<AccessEvent> last() {
    return List.copyOf(last);
  }

  private void keep(AccessEvent event) {
    last.add(event);
    if (last.size() > SHOWN) {
      last.remove();
    }
  }

  private void write(String event) throws IOException {
    var line = event;
    var file = folder.resolve(FILE);
    if (Files.exists(file) && Files.size(file) >= largest) {
      Files.move(file, folder.resolve(OLDER), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      PrivateFiles.create(file, "");
    }
    if (isFirst) {
      line = "\n" + line; // so that it does not join one that a power cut has torn
      isFirst = false;
    }
    try (var out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(false);
    }
  }
}
