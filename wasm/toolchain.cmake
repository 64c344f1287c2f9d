# Finds the CMake platform file of the emcc on PATH: Debian's lives in /usr/share/emscripten, emsdk's beside emcc.
# Every browser that has BigInt at the boundary (-sWASM_BIGINT) has these instructions too; code without them is longer. Not
# -mbulk-memory: engines call out of the code for each small copy (reading took 12 % longer).
set(FLAMETRAIL_WASM_FEATURES -msign-ext -mnontrapping-fptoint)

find_program(EMCC_PROGRAM emcc REQUIRED)
file(REAL_PATH ${EMCC_PROGRAM} emcc_file)
get_filename_component(emcc_folder ${emcc_file} DIRECTORY)
set(platform_file cmake/Modules/Platform/Emscripten.cmake)
foreach(root $ENV{EMSCRIPTEN_ROOT} ${emcc_folder} /usr/share/emscripten)
  if(EXISTS ${root}/${platform_file})
    include(${root}/${platform_file})
    return()
  endif()
endforeach()
message(FATAL_ERROR "No ${platform_file} beside ${emcc_file}: set EMSCRIPTEN_ROOT")
