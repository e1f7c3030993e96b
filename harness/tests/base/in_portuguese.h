// Tests of what is told in Portuguese.
#pragma once

#include <gtest/gtest.h>

#include "parley/base/language.h"

namespace parley {

/// Portuguese from here to the end of the scope; `holds` is false where the build made no catalogue.
class InPortuguese {
public:
    InPortuguese() : holds(set_language(Language::portuguese, PARLEY_BUILD_DIR "/locale")) {}
    ~InPortuguese() { set_language(Language::english, {}); }
    InPortuguese(const InPortuguese&) = delete;
    InPortuguese& operator=(const InPortuguese&) = delete;

    const bool holds;
};

/// Tests whose every text is Portuguese.
class PortugueseTest : public testing::Test {
protected:
    void SetUp() override {
        if (!language_.holds) GTEST_SKIP() << "built without gettext";
    }

private:
    InPortuguese language_;
};

}  // namespace parley
