#include "build_writer.hpp"
#include "text_format.hpp"
#include "time_text.hpp"

#include <array>

namespace applivery::program {
namespace {

class CsvWriter final : public BuildWriter {
public:
    explicit CsvWriter(bool hasApplications) : hasApplications_(hasApplications) {}

    std::string begin() override {
        return std::string(hasApplications_ ? "app," : "") +
               "id,status,versionName,versionCode,os,size,createdAt,branch,commit,tag,buildNumber,error,errorCode\r\n";
    }

    std::string add(const Build& build, const std::string& application) override {
        const DeployerInfo info = build.deployer && build.deployer->info ? *build.deployer->info : DeployerInfo{};
        const std::array<std::string, 13> cells{build.id,
                                                build.status.text(),
                                                build.versionName.value_or(""),
                                                build.versionCode.value_or(""),
                                                build.os.text(),
                                                build.size ? std::to_string(*build.size) : "",
                                                build.createdAt ? timeText(*build.createdAt) : "",
                                                info.branch.value_or(""),
                                                info.commit.value_or(""),
                                                info.tag.value_or(""),
                                                info.buildNumber.value_or(""),
                                                build.error.value_or(""),
                                                build.errorCode.value_or("")};
        std::string line = hasApplications_ ? csvCell(application) + ',' : "";
        for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? "," : "") + csvCell(cells[i]);
        return line + "\r\n";
    }

private:
    const bool hasApplications_;
};

}  // namespace

std::unique_ptr<BuildWriter> makeCsvWriter(bool hasApplications) {
    return std::make_unique<CsvWriter>(hasApplications);
}

}  // namespace applivery::program
