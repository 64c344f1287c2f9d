// google/pprof's patterns of allocator, lock and profiler functions for profiles that cannot bring their own. They are
// part of every report and of -proto: equal to the letter.
#include "core/formats/pprof_legacy/reading.h"

namespace flametrail::legacy {
namespace {

constexpr char kAllocators[] =
    R"re(calloc|cfree|malloc|free|memalign|do_memalign|(__)?posix_memalign|pvalloc|valloc|realloc)re"
    R"re(|tcmalloc::.*|tc_calloc|tc_cfree|tc_malloc|tc_free|tc_memalign|tc_posix_memalign|tc_pvalloc)re"
    R"re(|tc_valloc|tc_realloc|tc_new|tc_delete|tc_newarray|tc_deletearray|tc_new_nothrow|tc_newarray_nothrow)re"
    R"re(|malloc_zone_malloc|malloc_zone_calloc|malloc_zone_valloc|malloc_zone_realloc|malloc_zone_memalign)re"
    R"re(|malloc_zone_free|runtime\..*|BaseArena::.*|(::)?do_malloc_no_errno|(::)?do_malloc_pages)re"
    R"re(|(::)?do_malloc|DoSampledAllocation|MallocedMemBlock::MallocedMemBlock|_M_allocate)re"
    R"re(|__builtin_(vec_)?delete|__builtin_(vec_)?new|__gnu_cxx::new_allocator::allocate|__libc_malloc)re"
    R"re(|__malloc_alloc_template::allocate|allocate|cpp_alloc|operator new(\[\])?|simple_alloc::allocate)re";

constexpr char kKeptRuntime[] = R"re(runtime\.panic|runtime\.reflectcall|runtime\.call[0-9]*)re";

constexpr char kCpuProfiler[] =
    R"re(ProfileData::Add|ProfileData::prof_handler|CpuProfiler::prof_handler|__pthread_sighandler|__restore)re";

constexpr char kLocks[] =
    R"re(RecordLockProfileData|(base::)?RecordLockProfileData.*|(base::)?SubmitMutexProfileData.*)re"
    R"re(|(base::)?SubmitSpinLockProfileData.*|(base::Mutex::)?AwaitCommon.*|(base::Mutex::)?Unlock.*)re"
    R"re(|(base::Mutex::)?UnlockSlow.*|(base::Mutex::)?ReaderUnlock.*|(base::MutexLock::)?~MutexLock.*)re"
    R"re(|(Mutex::)?AwaitCommon.*|(Mutex::)?Unlock.*|(Mutex::)?UnlockSlow.*|(Mutex::)?ReaderUnlock.*)re"
    R"re(|(MutexLock::)?~MutexLock.*|(SpinLock::)?Unlock.*|(SpinLock::)?SlowUnlock.*)re"
    R"re(|(SpinLockHolder::)?~SpinLockHolder.*)re";

// Types of a profile, as a list of names.
constexpr std::string_view kHeapTypes[] = {
    "allocations,size,",
    "objects,space,",
    "inuse_objects,inuse_space,",
    "alloc_objects,alloc_space,",
    "alloc_objects,alloc_space,inuse_objects,inuse_space,",
};

}  // namespace

void SetFramePatterns(Profile* profile) {
  std::string types;
  for (const ValueType& type : profile->sample_types) {
    types.append(profile->Text(type.type)) += ',';
  }
  bool is_heap = false;
  for (const std::string_view heap : kHeapTypes) is_heap = is_heap || types == heap;
  const bool is_contention = types == "contentions,delay,";
  profile->drop_frames = profile->strings.Intern(is_heap ? kAllocators : is_contention ? kLocks : kCpuProfiler);
  profile->keep_frames = is_heap ? profile->strings.Intern(kKeptRuntime) : StringPool::kEmpty;
}

}  // namespace flametrail::legacy
