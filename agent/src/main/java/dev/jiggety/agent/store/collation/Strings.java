package dev.jiggety.agent.store.collation;

import com.ibm.icu.text.RawCollationKey;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.VersionInfo;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Order of strings: ICU's root collation with all its defaults, as CouchDB opens it ({@code
 * ucol_open("")} in couch_ejson_compare.c). ICU's tables (some megabytes) are loaded with this
 * class, so when strings are first compared.
 */
final class Strings {

  /**
   * A collator at work, with the buffer of its last key. A frozen one could be shared, but does its
   * work under a lock.
   */
  private record Worker(RuleBasedCollator collator, RawCollationKey key) {}

  private static final RuleBasedCollator ROOT =
      (RuleBasedCollator) RuleBasedCollator.getInstance(ULocale.ROOT).freeze();

  private static final ConcurrentLinkedQueue<Worker> IDLE = new ConcurrentLinkedQueue<>();

  private Strings() {}

  static int compare(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    var worker = take();
    var order = worker.collator.compare(left, right);
    IDLE.offer(worker);
    return order;
  }

  /** ICU's sort key: no byte of it is zero but the last, so none is a prefix of another. */
  static void append(String string, KeyBytes out) {
    var worker = take();
    var key = worker.collator.getRawCollationKey(string, worker.key);
    out.append(key.bytes, key.size);
    IDLE.offer(worker);
  }

  static String version() {
    return "icu" + VersionInfo.ICU_VERSION + "-" + ROOT.getVersion();
  }

  private static Worker take() {
    var worker = IDLE.poll();
    return worker != null ? worker : new Worker(ROOT.cloneAsThawed(), new RawCollationKey());
  }
}
